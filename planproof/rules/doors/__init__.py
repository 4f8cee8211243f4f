"""Rules about doors: security groups, access lists, listeners, target groups and endpoints."""
