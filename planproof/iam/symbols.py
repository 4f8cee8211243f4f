"""Texts of which a part is not known yet, written so that patterns can still be compared exactly.

An unknown part becomes a name in angle brackets, `<aws_kms_key.data.arn>`: equal names are equal texts,
and two managed resources never share an ARN. The ARN of a resource whose kind is known keeps its shape,
`arn:aws:sqs:<region>:<account>:<aws_sqs_queue.orders>`, so that `arn:aws:sqs:*` still covers it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from planproof.document import Reference, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planproof.document import Document, Resource

EXPRESSION: Final = re.compile(r"\$\{([^{}]+)\}")
ADDRESS: Final = re.compile(r"^((?:module\.[^.]+\.)*(?:data\.)?[A-Za-z]\w*\.[\w-]+(?:\[[^\]]+\])?)(?:\.(.+))?$")
SYMBOL: Final = re.compile(r"<[^<>]*>")

# Resource type -> its ARN; {name} is a literal attribute if there is one, else a symbol.
SHAPES: Final[Mapping[str, tuple[str, str]]] = {
    "aws_s3_bucket": ("arn:aws:s3:::{}", "bucket"),
    "aws_kms_key": ("arn:aws:kms:{region}:{account}:key/{}", "key_id"),
    "aws_sqs_queue": ("arn:aws:sqs:{region}:{account}:{}", "name"),
    "aws_sns_topic": ("arn:aws:sns:{region}:{account}:{}", "name"),
    "aws_iam_role": ("arn:aws:iam::{account}:role/{}", "name"),
    "aws_iam_policy": ("arn:aws:iam::{account}:policy/{}", "name"),
    "aws_secretsmanager_secret": ("arn:aws:secretsmanager:{region}:{account}:secret:{}", "name"),
    "aws_ssm_parameter": ("arn:aws:ssm:{region}:{account}:parameter{}", "name"),
    "aws_ecr_repository": ("arn:aws:ecr:{region}:{account}:repository/{}", "name"),
    "aws_cloudwatch_log_group": ("arn:aws:logs:{region}:{account}:log-group:{}", "name"),
    "aws_dynamodb_table": ("arn:aws:dynamodb:{region}:{account}:table/{}", "name"),
    "aws_ecs_cluster": ("arn:aws:ecs:{region}:{account}:cluster/{}", "name"),
    "aws_lambda_function": ("arn:aws:lambda:{region}:{account}:function:{}", "function_name"),
}


def text_of(value: Any, document: Document | None = None) -> str | None:
    """Write a policy value as text with symbols; None when nothing at all is known about it."""
    if isinstance(value, str):
        return EXPRESSION.sub(lambda found: _expression(found.group(1), document), value)
    if isinstance(value, bool | int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    if not isinstance(value, Unknown):
        return None
    if value.template:
        return text_of(value.template, document)
    if len(value.references) == 1:
        return named(value.references[0], document)
    return None


def named(reference: Reference, document: Document | None) -> str:
    """Write what a reference will be: its literal value, its ARN with symbols, or a symbol."""
    resource = document.resource(reference.address) if document else None
    if resource is not None:
        attribute = reference.attribute or "id"
        known = resource.get(attribute)
        if isinstance(known, str):
            return known
        if attribute == "arn" or (attribute == "id" and resource.type in {"aws_sns_topic", "aws_iam_policy"}):
            return arn(resource)
    return f"<{reference}>"


def arn(resource: Resource) -> str:
    """Write the ARN of a resource: as known, else with symbols in its known shape."""
    known = resource.get("arn")
    if isinstance(known, str):
        return known
    shape = SHAPES.get(resource.type)
    if shape is None or resource.mode == "data":
        return f"<{resource.address}.arn>"
    form, attribute = shape
    literal = resource.get(attribute)
    name = literal if isinstance(literal, str) else f"<{resource.address}>"
    if resource.type == "aws_ssm_parameter" and not name.startswith("/"):
        name = f"/{name}"
    tail = "-<suffix>" if resource.type == "aws_secretsmanager_secret" else ""
    return form.format(name, region="<region>", account="<account>") + tail


def _expression(expression: str, document: Document | None) -> str:
    found = ADDRESS.match(expression.strip())
    if found is None:
        return f"<{expression.strip().replace('<', '(').replace('>', ')').replace('*', '.').replace('?', '.')}>"
    return named(Reference(found.group(1), found.group(2) or ""), document)


def widened(text: str) -> str:
    """Replace each symbol by `*`: every text that it may turn out to be."""
    return SYMBOL.sub("*", text)
