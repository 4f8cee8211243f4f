"""Rules about names, tags and values that belong in settings."""
