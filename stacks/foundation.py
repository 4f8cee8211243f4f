"""What every stack stands on: provider, tags, account guard and remote state."""

from __future__ import annotations

from typing import Any

from cdktf import S3Backend, S3BackendEndpointConfig, TerraformStack, TerraformVariable
from cdktf_cdktf_provider_aws.provider import AwsProvider, AwsProviderDefaultTags

from environments import Environment
from modules.deployment import Deployment
from stacks.target import Target

TERRAFORM_VERSION = ">= 1.10"
"""The first with a lock file in S3: https://developer.hashicorp.com/terraform/language/backend/s3"""

STATE_FILE = "platform.tfstate"


def deployment_of(environment: Environment) -> Deployment:
    """The names and places of one environment."""
    return Deployment(
        project=environment.application.project,
        environment=environment.name,
        account_id=environment.account_id,
        region=environment.region,
        protected=environment.deletion_protection,
    )


def tags(environment: Environment) -> dict[str, str]:
    """The tags of every resource that can have any."""
    ownership = environment.application.ownership
    return {
        "Project": environment.application.project,
        "Environment": environment.name,
        "Owner": ownership.owner,
        "CostCenter": ownership.cost_center,
        "DataClassification": ownership.data_classification,
        "Compliance": ownership.compliance,
        "ManagedBy": "cdktf",
    }


def provide(stack: TerraformStack, environment: Environment, target: Target) -> None:
    """Give the stack its provider: this account or none."""
    stack.add_override("terraform.required_version", TERRAFORM_VERSION)
    _provider(stack, "aws", environment, target, environment.region)


def remember_revision(stack: TerraformStack) -> None:
    """Let a plan say of which commit it is made, so that plans of different commits are not reviewed as one change."""
    TerraformVariable(
        stack, "revision", type="string", default="unknown", description="The commit that the plan is made of."
    )


def provide_copy(stack: TerraformStack, environment: Environment, target: Target, region: str) -> AwsProvider:
    """A second provider of the same account in the region of the backup copy."""
    return _provider(stack, "copy", environment, target, region, alias="copy")


def keep_state_remotely(stack: TerraformStack, deployment: Deployment, target: Target) -> None:
    """Keep the stack's state in the environment's own bucket, encrypted and locked by a file beside it."""
    backend: dict[str, Any] = dict(target.backend)
    endpoints = backend.pop("endpoints", None)
    S3Backend(
        stack,
        bucket=deployment.bucket("state"),
        key=STATE_FILE,
        region=deployment.region,
        encrypt=True,
        kms_key_id=deployment.arn("kms", f"alias/{deployment.name('state')}"),
        endpoints=S3BackendEndpointConfig(**endpoints) if endpoints else None,
        **backend,
    )
    stack.add_override("terraform.backend.s3.use_lockfile", True)  # the binding does not know it


def _provider(  # noqa: PLR0917
    stack: TerraformStack,
    id: str,
    environment: Environment,
    target: Target,
    region: str,
    alias: str | None = None,
) -> AwsProvider:
    return AwsProvider(
        stack,
        id,
        alias=alias,
        region=region,
        allowed_account_ids=[environment.account_id],
        default_tags=[AwsProviderDefaultTags(tags=tags(environment))],
        **target.provider,
    )
