"""Attributes that only mirror other resources, told apart from what a resource says itself.

After a refresh a security group lists the rules that stand beside it, a role its policies, a bucket its settings. In a
plan the mirror shows the time before the plan: a rule that goes is still in it. So in a plan whatever nobody
configured and a resource beside it explains is left out; what is left was made by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from planproof.document.typed import items, mapping, mappings

Door = tuple[str, Any, Any, str]
GROUPS: Final = frozenset({"aws_security_group", "aws_default_security_group"})
DOORS: Final = ("ingress", "egress")
RULES: Final = frozenset(
    {"aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"}
)
# Type -> attribute -> the type beside it, and the attribute of that which names the resource.
MIRRORS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = {
    "aws_iam_role": {
        "inline_policy": ("aws_iam_role_policy", "role"),
        "managed_policy_arns": ("aws_iam_role_policy_attachment", "role"),
    },
    "aws_route_table": {"route": ("aws_route", "route_table_id")},
    "aws_s3_bucket": {
        "acl": ("aws_s3_bucket_ownership_controls", "bucket"),
        "cors_rule": ("aws_s3_bucket_cors_configuration", "bucket"),
        "grant": ("aws_s3_bucket_ownership_controls", "bucket"),
        "lifecycle_rule": ("aws_s3_bucket_lifecycle_configuration", "bucket"),
        "logging": ("aws_s3_bucket_logging", "bucket"),
        "object_lock_configuration": ("aws_s3_bucket_object_lock_configuration", "bucket"),
        "policy": ("aws_s3_bucket_policy", "bucket"),
        "replication_configuration": ("aws_s3_bucket_replication_configuration", "bucket"),
        "server_side_encryption_configuration": ("aws_s3_bucket_server_side_encryption_configuration", "bucket"),
        "versioning": ("aws_s3_bucket_versioning", "bucket"),
        "website": ("aws_s3_bucket_website_configuration", "bucket"),
    },
    "aws_sns_topic": {"policy": ("aws_sns_topic_policy", "arn")},
    "aws_sqs_queue": {
        "policy": ("aws_sqs_queue_policy", "queue_url"),
        "redrive_allow_policy": ("aws_sqs_queue_redrive_allow_policy", "queue_url"),
        "redrive_policy": ("aws_sqs_queue_redrive_policy", "queue_url"),
    },
    "aws_ecs_cluster": {"capacity_providers": ("aws_ecs_cluster_capacity_providers", "cluster_name")},
    "aws_kms_key": {"policy": ("aws_kms_key_policy", "key_id")},
    "aws_secretsmanager_secret": {"policy": ("aws_secretsmanager_secret_policy", "secret_arn")},
}
IDENTITIES: Final = ("id", "arn", "name", "url", "key_id")


class Beside:
    """What the resources of a plan say about others, as it is now."""

    def __init__(self, changes: Iterable[Mapping[str, Any]]) -> None:
        wanted = {kind: name for mirrors in MIRRORS.values() for kind, name in mirrors.values()}
        self._named: set[tuple[str, str]] = set()
        self._doors: dict[str, set[Door]] = {}
        for one in changes:
            kind = str(one.get("type"))
            if kind in RULES:
                self._learn(kind, mapping(mapping(one.get("change")).get("before")))
            elif kind in wanted:
                values = mapping(mapping(one.get("change")).get("before"))
                self._named.add((kind, str(values.get(wanted[kind]))))

    def _learn(self, kind: str, values: Mapping[str, Any]) -> None:
        group = str(values.get("security_group_id"))
        if kind == "aws_security_group_rule":
            source = values.get("source_security_group_id")
            found = set(doors([{**values, "security_groups": [source] if source else []}]))
        else:
            peers = ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")
            peer = next((str(values[name]) for name in peers if values.get(name)), "")
            found = {door(values.get("ip_protocol"), values.get("from_port"), values.get("to_port"), peer)}
            if peer == group:
                found.add(door(values.get("ip_protocol"), values.get("from_port"), values.get("to_port"), "self"))
        self._doors.setdefault(group, set()).update(found)

    def own(self, kind: str, values: Mapping[str, Any], configured: Mapping[str, Any] | None) -> Mapping[str, Any]:
        """The values of a resource without its mirrors; `configured` are the attributes its configuration has."""
        known = configured or {}
        if kind in GROUPS:
            explained = self._doors.get(str(values.get("id")), set())
            replaced = {
                name: [rule for rule in items(values[name]) if not set(doors([rule])) <= explained]
                for name in DOORS
                if values.get(name) and name not in known
            }
            return {**values, **replaced} if replaced else values
        mirrors = MIRRORS.get(kind)
        if mirrors is None:
            return values
        names = {str(values.get(name)) for name in IDENTITIES if values.get(name)}
        gone = [
            attribute
            for attribute, (beside, _) in mirrors.items()
            if attribute in values and attribute not in known and any((beside, name) in self._named for name in names)
        ]
        return {name: value for name, value in values.items() if name not in gone} if gone else values


def doors(rules: Iterable[Any]) -> Iterator[Door]:
    """The doors of a group's own list: protocol, first and last port, peer."""
    for _, rule in mappings(rules):
        for peer in (
            *items(rule.get("cidr_blocks")), *items(rule.get("ipv6_cidr_blocks")),
            *items(rule.get("security_groups")), *items(rule.get("prefix_list_ids")),
            *(("self",) if rule.get("self") else ()),
        ):  # fmt: skip
            yield door(rule.get("protocol"), rule.get("from_port"), rule.get("to_port"), str(peer))


def door(protocol: Any, first: Any, last: Any, peer: str) -> Door:
    """One door; all protocols have no ports."""
    everything = str(protocol) in {"-1", "all"}
    return ("-1", None, None, peer) if everything else (str(protocol), _port(first), _port(last), peer)


def _port(value: Any) -> Any:
    return str(value) if isinstance(value, list | dict) else value
