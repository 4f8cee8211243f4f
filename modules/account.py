"""Settings of the whole account that make every later mistake smaller."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.ebs_encryption_by_default import EbsEncryptionByDefault
from cdktf_cdktf_provider_aws.iam_account_password_policy import IamAccountPasswordPolicy
from cdktf_cdktf_provider_aws.s3_account_public_access_block import S3AccountPublicAccessBlock
from constructs import Construct


class Account(Construct):
    """No public bucket, no unencrypted disk, no weak password (PCI DSS 8.3.6, 8.3.7)."""

    def __init__(self, scope: Construct, id: str) -> None:
        super().__init__(scope, id)
        S3AccountPublicAccessBlock(
            self,
            "public-access-block",
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
        )
        EbsEncryptionByDefault(self, "disks", enabled=True)
        IamAccountPasswordPolicy(
            self,
            "passwords",
            minimum_password_length=14,
            require_lowercase_characters=True,
            require_uppercase_characters=True,
            require_numbers=True,
            require_symbols=True,
            allow_users_to_change_password=True,
            max_password_age=90,
            password_reuse_prevention=24,
        )
