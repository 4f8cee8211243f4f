"""What an IAM policy really allows: decided exactly, never sampled."""
