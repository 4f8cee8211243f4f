"""What may differ between environments, and in which direction."""
