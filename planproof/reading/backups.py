"""What backup plans cover, where they store it and in which region."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from planproof.document import Document, Resource, Unknown, items
from planproof.iam.patterns import includes
from planproof.reading.alarms import points_inside

PLAN: Final = "aws_backup_plan"
# What AWS Backup backs up, and how the ARN of each kind is written, for selections that name a kind:
# https://docs.aws.amazon.com/aws-backup/latest/devguide/whatisbackup.html#supported-resources
ARNS: Final = {
    "aws_db_instance": "arn:aws:rds:*:*:db:*",
    "aws_rds_cluster": "arn:aws:rds:*:*:cluster:*",
    "aws_docdb_cluster": "arn:aws:rds:*:*:cluster:*",
    "aws_neptune_cluster": "arn:aws:rds:*:*:cluster:*",
    "aws_redshift_cluster": "arn:aws:redshift:*:*:cluster:*",
    "aws_dynamodb_table": "arn:aws:dynamodb:*:*:table/*",
    "aws_efs_file_system": "arn:aws:elasticfilesystem:*:*:file-system/*",
    "aws_fsx_windows_file_system": "arn:aws:fsx:*:*:file-system/*",
    "aws_fsx_lustre_file_system": "arn:aws:fsx:*:*:file-system/*",
    "aws_fsx_openzfs_file_system": "arn:aws:fsx:*:*:file-system/*",
    "aws_fsx_ontap_volume": "arn:aws:fsx:*:*:volume/*",
    "aws_ebs_volume": "arn:aws:ec2:*:*:volume/*",
    "aws_timestreamwrite_table": "arn:aws:timestream:*:*:database/*",
}


def covers(selection: Resource, store: Resource, document: Document) -> bool:
    """Whether a selection that belongs to a plan names the store, its kind, everything, or a tag of it."""
    if selection.get("plan_id") is None:
        return False
    if any(one.address == store.address for one in selection.references("resources")):
        return True
    named = [one for one in items(selection.get("resources")) if isinstance(one, str)]
    arn = store.get("arn")
    whole = (ARNS[store.type],) if store.type in ARNS else ()
    wanted = (arn, *whole) if isinstance(arn, str) else whole
    if any(includes(one, this) for one in named for this in wanted):
        return True
    tags = tags_of(store, document)
    return any(tags.get(str(one.get("key"))) == one.get("value") for one in selection.blocks("selection_tag"))


def doubts(selection: Resource, document: Document) -> bool:
    """Whether a selection has conditions, or resources that are not known and point nowhere."""
    listed = selection.get("resources") or ()
    listed = [listed] if isinstance(listed, Unknown) else items(listed)
    hidden = any(isinstance(one, Unknown) and not points_inside(one, document) for one in listed)
    return hidden or selection.get("condition") is not None


def tags_of(resource: Resource, document: Document) -> Mapping[str, Any]:
    """The tags of a resource: its provider's default ones, and its own."""
    found = {**default_tags(resource, document)}
    own = resource.get("tags_all") or resource.get("tags")
    return {**found, **own} if isinstance(own, Mapping) else found


def default_tags(resource: Resource, document: Document) -> Mapping[str, Any]:
    """The tags that a resource's provider gives to everything."""
    provider = provider_of(resource, document)
    tags = None if provider is None else provider.get("default_tags.0.tags")
    return tags if isinstance(tags, Mapping) else {}


def provider_of(resource: Resource, document: Document) -> Resource | None:
    """The provider that makes a resource."""
    wanted = resource.meta.get("provider") or "aws"
    alias = str(wanted).partition(".")[2] or None
    found = (one for one in document.of("provider") if one.name == "aws")
    return next((one for one in found if one.get("alias") == alias), None)


def region(resource: Resource, document: Document) -> str | None:
    """The region a resource is made in, when its arn or its provider says it."""
    arn = resource.get("arn")
    if isinstance(arn, str) and arn.startswith("arn:"):
        return arn.split(":")[3]
    provider = provider_of(resource, document)
    found = None if provider is None else provider.get("region")
    return found if isinstance(found, str) else None


def stored(document: Document, *, copies: bool = True) -> tuple[tuple[Resource | None, Any], ...]:
    """Each vault that plans store in, and for how many days."""
    own, copied = document.once(_stored)
    return (*own, *copied) if copies else own


def _stored(document: Document) -> tuple[tuple[tuple[Resource | None, Any], ...], ...]:
    own: list[tuple[Resource | None, Any]] = []
    copied: list[tuple[Resource | None, Any]] = []
    for plan in document.of(PLAN):
        for rule in plan.blocks("rule"):
            vault = document.target(plan, rule.at("target_vault_name"))
            own.append((vault, plan.get(rule.at("lifecycle.0.delete_after"))))
            for position in range(len(items(rule.get("copy_action")))):
                path = rule.at(f"copy_action.{position}")
                there = document.target(plan, f"{path}.destination_vault_arn")
                copied.append((there, plan.get(f"{path}.lifecycle.0.delete_after")))
    return tuple(own), tuple(copied)
