"""Proofs of the connectivity proofs."""
