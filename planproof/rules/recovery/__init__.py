"""Rules about what is left after a loss."""
