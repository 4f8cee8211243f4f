"""Rules about how a network is laid out."""
