"""Connectivity proved before anything exists: who reaches whom, by which hops, and what stands in the way."""
