"""Rules about how services grow and shrink."""
