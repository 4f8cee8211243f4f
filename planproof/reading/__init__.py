"""What several rules read in the same way: keys, resource policies, open ports, containers, secrets."""
