"""Each rule names the control it shows, or is known to be a matter of ours."""

from __future__ import annotations

from typing import Final

from planproof.rules import rules

# Reason: rules that no control of PCI DSS 4.0.1, FSBP or CIS asks for. A rule that finds its control leaves the table.
OURS: Final = {
    "no standard asks how a service scales: it is the availability that we owe our customers": {
        "blind-to-cpu", "blind-to-memory", "blind-to-queue", "cramped-scaling", "crossed-schedule", "endless-growth",
        "fixed-scaling", "fought-over-count", "hasty-scale-in", "impossible-fargate-size", "late-scaling",
        "scaling-without-policy", "unscaled-disk", "unscaled-service",
    },
    "no standard asks that a load balancer reaches its service: a payment that finds no target is lost": {
        "deaf-balancer", "empty-target-group", "forward-to-nowhere", "health-check-port-mismatch",
        "unlistened-target-group",
    },
    "no standard asks for a second zone of a task or a NAT gateway, nor for a way to the APIs of AWS": {
        "nameless-network", "private-nat-gateway", "shared-nat-gateway", "single-zone-service", "stranded-service",
    },
    "no standard asks what an environment costs": {
        "budget-exceeded", "missing-budget", "old-generation", "private-traffic-through-nat",
        "production-feature-in-dev",
    },
    "no standard asks how long messages and objects wait to be missed, nor that a backup can be taken and kept": {
        "backup-refused-by-lock", "backups-deleted-with-database", "coarse-backup", "fleeting-dead-letters",
        "fleeting-message", "fleeting-object", "queue-without-dead-letters", "unrecoverable-secret",
    },
    "no standard asks where a module comes from: what it builds is judged in the plan": {"unread-module"},
    "no standard asks that a region or a zone comes from the settings": {"foreign-region", "foreign-zone"},
}  # fmt: skip


def test_every_rule_shows_a_control_or_is_ours() -> None:
    """An auditor asks of each finding which requirement it breaks; 'none' must be an answer, not an omission."""
    ours = {name for names in OURS.values() for name in names}
    silent = {rule.id for rule in rules() if not rule.controls}

    assert silent == ours, "name the control in the rule, or the rule in the table with its reason"


def test_no_rule_names_a_control_twice() -> None:
    """A control that stands twice in a rule is counted twice by whoever reads the list."""
    assert [rule.id for rule in rules() if len(set(rule.controls)) != len(rule.controls)] == []
