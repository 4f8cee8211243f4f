"""Where a stack goes and what its things are called."""

from __future__ import annotations

from dataclasses import dataclass

PARTITION = "aws"


@dataclass(frozen=True, kw_only=True)
class Deployment:
    """One environment of one project in one account and region."""

    project: str
    environment: str
    account_id: str
    region: str
    protected: bool
    """Whether what holds data refuses to be deleted."""

    def name(self, component: str) -> str:
        """`<project>-<component>-<environment>`: the name of everything that has one."""
        return f"{self.project}-{component}-{self.environment}"

    def bucket(self, component: str) -> str:
        """The name of a bucket, which has to be unique in all of AWS: the account makes it so."""
        return f"{self.name(component)}-{self.account_id}"

    def final_snapshot(self, component: str) -> str:
        """The name of a last snapshot: by the time of the plan that makes what it is of, and by nothing used before.

        AWS refuses to delete a database whose last snapshot would take the name of an earlier one, as when an
        environment is taken down for the second time. Every plan gives another name, so it is to be ignored later.
        """
        return f'{self.name(component)}-final-${{formatdate("YYYYMMDDhhmmss", plantimestamp())}}'

    def arn(self, service: str, resource: str) -> str:
        """The ARN of something in this account and region that another resource creates."""
        return f"arn:{PARTITION}:{service}:{self.region}:{self.account_id}:{resource}"

    def global_arn(self, service: str, resource: str) -> str:
        """The ARN of something that has no region, for example an IAM role."""
        return f"arn:{PARTITION}:{service}::{self.account_id}:{resource}"
