"""Confidentiality and integrity: what is public, readable, unlocked, secret or unwatched."""
