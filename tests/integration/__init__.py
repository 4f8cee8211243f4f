"""Tests of a deployment, from its outputs and what AWS says of it."""
