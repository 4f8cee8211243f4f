"""Changes to the cache: sessions and idempotency keys."""

from __future__ import annotations

from tests.review.generate.change import BLOCKED, HUMAN, SAFE, change
from tests.review.generate.stack import Stack

GROUP = "aws_elasticache_replication_group.cache_group"


@change(HUMAN, ("data-destroyed", GROUP))
def cache_is_deleted(stack: Stack) -> None:
    """The cache is taken out of the code; a final snapshot is made of it."""
    stack.remove("cache/group")


@change(BLOCKED, ("data-destroyed", GROUP), earlier={"cache/group": {"final_snapshot_identifier": None}})
def cache_is_deleted_without_a_trace(stack: Stack) -> None:
    """The cache is taken out of the code after an earlier change gave up its final snapshot."""
    stack.remove("cache/group")


@change(HUMAN, ("data-replaced", GROUP), ("downtime", GROUP))
def cache_is_renamed(stack: Stack) -> None:
    """The cache gets another name, which makes a new and empty one."""
    stack.set("cache/group", replication_group_id="payflow-sessions-staging")


@change(HUMAN, ("data-replaced", GROUP), ("downtime", GROUP), ("protection-removed", GROUP))
def cache_is_unencrypted_at_rest(stack: Stack) -> None:
    """Encryption at rest is switched off, which makes a new and empty cache."""
    stack.set("cache/group", at_rest_encryption_enabled="false")
    stack.without("cache/group", "kms_key_id")


@change(HUMAN, ("protection-removed", GROUP))
def cache_accepts_plain_connections(stack: Stack) -> None:
    """TLS becomes optional on the way to the cache."""
    stack.set("cache/group", transit_encryption_mode="preferred")


@change(HUMAN, ("protection-removed", GROUP))
def cache_is_unencrypted_in_transit(stack: Stack) -> None:
    """TLS to the cache is switched off, and with it the users who log in with IAM."""
    stack.set("cache/group", transit_encryption_enabled=False)
    stack.without("cache/group", "transit_encryption_mode", "user_group_ids")


@change(HUMAN, ("downtime", GROUP), ("cost-up", GROUP))
def cache_grows(stack: Stack) -> None:
    """Larger nodes are taken in the next maintenance window, with a failover to each."""
    stack.set("cache/group", node_type="cache.r7g.large")


@change(HUMAN, ("downtime", GROUP))
def cache_gets_a_new_version(stack: Stack) -> None:
    """Valkey 8.0 becomes 8.1 in the maintenance window, with a failover."""
    stack.set("cache/group", engine_version="8.1")


@change(HUMAN, ("protection-removed", GROUP), ("cost-down", GROUP))
def cache_loses_its_replica(stack: Stack) -> None:
    """One node is left, without failover: its loss is the loss of every session."""
    stack.set("cache/group", num_cache_clusters=1, automatic_failover_enabled=False, multi_az_enabled=False)


@change(HUMAN, ("protection-removed", GROUP))
def cache_does_not_fail_over(stack: Stack) -> None:
    """The replica stays, but does not take over by itself."""
    stack.set("cache/group", automatic_failover_enabled=False, multi_az_enabled=False)


@change(HUMAN, ("protection-removed", GROUP))
def cache_loses_its_snapshots(stack: Stack) -> None:
    """No more daily snapshots, and those there are expire."""
    stack.set("cache/group", snapshot_retention_limit=0)


@change(HUMAN, ("access-widened", "aws_elasticache_user.cache_user-payments"))
def cache_user_may_do_everything(stack: Stack) -> None:
    """The payments service may run every command on every key, flushing the cache included."""
    stack.set("cache/user-payments", access_string="on ~* +@all")


@change(SAFE, ("updated", "aws_elasticache_parameter_group.cache_parameters"))
def cache_parameter_is_tuned(stack: Stack) -> None:
    """Idle connections are closed after five minutes."""
    stack.part("cache/parameters")["parameter"].append({"name": "timeout", "value": "300"})
