"""The judges: prove AWS Terraform before it is applied."""
