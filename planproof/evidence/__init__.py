"""Evidence for an auditor: what the infrastructure shows of each requirement, and whether the record was edited."""
