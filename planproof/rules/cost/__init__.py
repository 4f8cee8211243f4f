"""What costs more than it should, or more than was agreed."""
