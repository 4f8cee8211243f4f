"""Where the images of one service are kept: immutable, scanned, encrypted with our key."""

from __future__ import annotations

import json

from cdktf_cdktf_provider_aws.ecr_lifecycle_policy import EcrLifecyclePolicy
from cdktf_cdktf_provider_aws.ecr_repository import (
    EcrRepository,
    EcrRepositoryEncryptionConfiguration,
    EcrRepositoryImageScanningConfiguration,
)
from constructs import Construct

from modules.deployment import Deployment
from modules.key import Key

KEPT_IMAGES = 50


class Repository(Construct):
    """One ECR repository.

    Outputs: `url`, and what a grant needs: `name`, `arns`, `encryption_key`.
    """

    def __init__(self, scope: Construct, id: str, *, deployment: Deployment, key: Key, component: str) -> None:
        super().__init__(scope, id)
        self.name = id
        self.encryption_key: Key | None = key
        repository = EcrRepository(
            self,
            "repository",
            name=deployment.name(component),
            image_tag_mutability="IMMUTABLE",
            force_delete=not deployment.protected,
            image_scanning_configuration=EcrRepositoryImageScanningConfiguration(scan_on_push=True),
            encryption_configuration=[EcrRepositoryEncryptionConfiguration(encryption_type="KMS", kms_key=key.arn)],
        )
        EcrLifecyclePolicy(
            self,
            "lifecycle",
            repository=repository.name,
            policy=json.dumps(
                {
                    "rules": [
                        {
                            "rulePriority": 1,
                            "description": f"keep the last {KEPT_IMAGES} images",
                            "selection": {
                                "tagStatus": "any",
                                "countType": "imageCountMoreThan",
                                "countNumber": KEPT_IMAGES,
                            },
                            "action": {"type": "expire"},
                        }
                    ]
                }
            ),
        )
        self.url: str = repository.repository_url
        self.arns = (repository.arn,)
