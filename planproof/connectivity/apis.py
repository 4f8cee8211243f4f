"""The AWS APIs that programs call, by endpoint name, and whether an endpoint's policy lets a call through."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, Final

from planproof.connectivity.intent import Ask
from planproof.document import Unknown, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

# https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
GIVEN: Final = {
    "aws_sqs_queue": "sqs",
    "aws_sns_topic": "sns",
    "aws_s3_bucket": "s3",
    "aws_dynamodb_table": "dynamodb",
    "aws_kms_key": "kms",
    "aws_kinesis_stream": "kinesis-streams",
    "aws_sfn_state_machine": "states",
    "aws_cloudwatch_event_bus": "events",
}
BY_PREFIX: Final = {
    **{name: name for name in ("sqs", "sns", "s3", "dynamodb", "kms", "sts", "ssm", "secretsmanager", "ssmmessages")},
    **{name: name for name in ("states", "events", "xray", "lambda", "execute-api")},
    "kinesis": "kinesis-streams",
    "cloudwatch": "monitoring",
    "logs": "logs",
}
PREFIXES: Final = {"ecr.api": "ecr", "ecr.dkr": "ecr", "monitoring": "cloudwatch", "kinesis-streams": "kinesis"}
OWN_ACCOUNT: Final = frozenset(
    {"aws:principalaccount", "aws:resourceaccount", "aws:principalorgid", "aws:resourceorgid"}
)


def service_asks(service: str) -> tuple[Ask, ...]:
    """Any call of a service, where nothing says which."""
    return (Ask(f"{PREFIXES.get(service, service)}:*"),)


def role_services(document: Document, role: Resource) -> list[str]:
    """The APIs that a role's own policies name.

    A key that may be used only through another service (`kms:ViaService`) is called by that service.
    """
    found: set[str] = set()
    for policy in policies(document, role):
        for statement in statements(policy):
            if statement.get("Effect") != "Allow" or "kms:ViaService" in str(statement.get("Condition", "")):
                continue
            for action in texts(statement.get("Action")):
                prefix = action.partition(":")[0].lower()
                if prefix in BY_PREFIX:
                    found.add(BY_PREFIX[prefix])
    return sorted(found)


def policies(document: Document, role: Resource) -> Iterator[Any]:
    """Every policy document of a role that the document holds."""
    for inline in document.referrers(role, "aws_iam_role_policy"):
        if document.target(inline, "role") is role:
            yield inline.policy("policy")
    for joined in document.referrers(role, "aws_iam_role_policy_attachment"):
        target = document.target(joined, "policy_arn")
        if target is not None and target.type == "aws_iam_policy" and document.target(joined, "role") is role:
            yield target.policy("policy")


def statements(policy: Any) -> list[dict[str, Any]]:
    """The statements of a policy document that can be read."""
    if not isinstance(policy, dict) or isinstance(policy.get("Statement"), Unknown):
        return []
    inside = policy.get("Statement") or []
    return [one for one in (inside if isinstance(inside, list) else [inside]) if isinstance(one, dict)]


def texts(value: Any) -> list[str]:
    """One text or several, without those that are not known."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def lets(policy: Any, ask: Ask) -> bool | None:
    """Whether an endpoint's policy lets a call through; None when it cannot be told."""
    if policy is None:
        return True
    if not isinstance(policy, dict) or isinstance(policy.get("Statement"), Unknown):
        return None
    allowed: bool | None = False
    for statement in statements(policy):
        met = matches(statement, ask)
        if statement.get("Effect") == "Deny":
            if met and not statement.get("Condition") and not ask.action.endswith("*"):
                return False
        elif met:
            return True
        elif met is None:
            allowed = None
    return allowed


def matches(statement: dict[str, Any], ask: Ask) -> bool | None:
    """Whether a statement is about a call."""
    actions = statement.get("Action")
    if isinstance(actions, Unknown):
        return None
    if not any(about(action.lower(), ask.action.lower()) for action in texts(actions)):
        return False
    conditions = statement.get("Condition") or {}
    blocks = conditions.values() if isinstance(conditions, dict) else ({"": ""},)
    keys = {str(key).lower() for block in blocks for key in mapping(block)}
    if not ask.own and keys & OWN_ACCOUNT:
        return False
    if keys - OWN_ACCOUNT:
        return None
    if not ask.resource:
        return True
    resources = statement.get("Resource", "*")
    listed = resources if isinstance(resources, list) else [resources]
    written = [one.template if isinstance(one, Unknown) else str(one) for one in listed]
    return any(fits(one, ask.resource) for one in written)


def about(pattern: str, action: str) -> bool:
    """Whether an action pattern covers an action, or something of a whole service."""
    if action.endswith(":*"):
        return pattern == "*" or pattern.partition(":")[0] == action.removesuffix(":*")
    return fnmatchcase(action, pattern)


def fits(pattern: str, resource: str) -> bool:
    """Whether a resource pattern covers a resource; region and partition may stay unknown in it."""
    if pattern == "*":
        return True
    loose = pattern.replace("${", "*{").split("{")[0] if "${" in pattern else pattern
    name = "starport-layer-bucket"
    if name in pattern and name in resource:
        return True
    return fnmatchcase(resource, loose if loose.endswith("*") or "${" not in pattern else f"{loose}*")
