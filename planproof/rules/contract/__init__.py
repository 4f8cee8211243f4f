"""Rules about the differences between environments."""
