"""Who talks to whom: one stack an environment, and the stack that holds its state."""
