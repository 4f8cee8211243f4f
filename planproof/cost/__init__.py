"""What an environment costs in a month, line by line, and what cannot be known before it runs."""
