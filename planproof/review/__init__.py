"""The plan review: what a Terraform plan would do, in the order of what it would cost to be wrong."""
