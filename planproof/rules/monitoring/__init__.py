"""Rules about what is logged, measured and told to people."""
