"""What must be there before an environment: the bucket of its state, and its public DNS zone.

Deployed once, by hand, into an empty account: `cdktf deploy staging-state`.
Its own state is a local file, because the bucket does not exist before it.
Always: the bucket refuses to be deleted with a state in it, in every environment.
"""

from __future__ import annotations

from dataclasses import replace

from cdktf import LocalBackend, TerraformOutput, TerraformStack
from constructs import Construct

from environments import Environment
from modules.bucket import Bucket
from modules.key import Key
from modules.public_zone import PublicZone
from stacks.foundation import deployment_of, provide
from stacks.target import Target


class State(TerraformStack):
    """The remote state of one environment: bucket, key and alias, and the zone its certificate needs."""

    def __init__(self, scope: Construct, environment: Environment, target: Target) -> None:
        super().__init__(scope, f"{environment.name}-state")
        provide(self, environment, target)
        LocalBackend(self, path=f"{target.local_state_folder}/terraform.{environment.name}-state.tfstate")
        deployment = replace(deployment_of(environment), protected=True)  # also where the environment is not

        key = Key(
            self,
            "state",
            deployment=deployment,
            purpose="Terraform state at rest",
            deletion_window_days=environment.keys.deletion_window_days,
        )
        bucket = Bucket(
            self,
            "bucket",
            deployment=deployment,
            component="state",
            key=key,
            old_version_days=environment.state.old_version_days,
        )
        TerraformOutput(self, "state_bucket", value=bucket.name)
        if environment.domain is not None:
            zone = PublicZone(self, "zone", deployment=deployment, domain=environment.domain.name)
            TerraformOutput(self, "name_servers", value=zone.name_servers)
