"""What things are: one construct class a file, secure whatever an environment says."""
