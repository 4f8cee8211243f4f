"""Texts of which a part is not known yet, written so that patterns can still be compared exactly.

An unknown part becomes a name in angle brackets, `<aws_kms_key.data.arn>`: equal names are equal texts,
and two managed resources never share an ARN. The ARN of a resource whose kind is known keeps its shape,
`arn:aws:sqs:eu-west-1:<account>:<aws_sqs_queue.orders>`, so that `arn:aws:sqs:*` still covers it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from planproof.document import Reference, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planproof.document import Document, Resource

EXPRESSION: Final = re.compile(r"\$\{([^{}]+)\}")
ADDRESS: Final = re.compile(
    r"^((?:module\.[\w-]+(?:\[[^\]]+\])?\.)*(?:data\.)?[a-z]\w*\.[\w-]+(?:\[[^\]]+\])?)(?:\.([\w.\[\]*-]+))?$"
)
INSIDE: Final = re.compile(r"\b((?:data\.)?aws_\w+\.[\w-]+)\.([\w.]+)")
NOT_RESOURCES: Final = ("local.", "var.", "each.", "count.", "self.", "path.", "terraform.")
FROM_OUTSIDE: Final = (*NOT_RESOURCES, "data.external.", "data.http.", "data.terraform_remote_state.")
PLACES: Final = frozenset({"<account>", "<region>", "<partition>"})
ARN_FIELDS: Final = 5  # colons before the resource: arn:partition:service:region:account:
SYMBOL: Final = re.compile(r"<[^<>]*>")
WITHOUT_SUFFIX: Final = frozenset({"aws_secretsmanager_secret"})  # AWS adds six random characters to the name

# Resource type -> its ARN, and the attribute that fills the last place.
SHAPES: Final[Mapping[str, tuple[str, str]]] = {
    "aws_s3_bucket": ("arn:aws:s3:::{}", "bucket"),
    "aws_kms_key": ("arn:aws:kms:{region}:{account}:key/{}", "key_id"),
    "aws_sqs_queue": ("arn:aws:sqs:{region}:{account}:{}", "name"),
    "aws_sns_topic": ("arn:aws:sns:{region}:{account}:{}", "name"),
    "aws_iam_role": ("arn:aws:iam::{account}:role/{}", "name"),
    "aws_iam_policy": ("arn:aws:iam::{account}:policy/{}", "name"),
    "aws_secretsmanager_secret": ("arn:aws:secretsmanager:{region}:{account}:secret:{}", "name"),
    "aws_ssm_parameter": ("arn:aws:ssm:{region}:{account}:parameter/{}", "name"),
    "aws_ecr_repository": ("arn:aws:ecr:{region}:{account}:repository/{}", "name"),
    "aws_cloudwatch_log_group": ("arn:aws:logs:{region}:{account}:log-group:{}", "name"),
    "aws_dynamodb_table": ("arn:aws:dynamodb:{region}:{account}:table/{}", "name"),
    "aws_ecs_cluster": ("arn:aws:ecs:{region}:{account}:cluster/{}", "name"),
    "aws_lambda_function": ("arn:aws:lambda:{region}:{account}:function:{}", "function_name"),
    "aws_elasticache_replication_group": (
        "arn:aws:elasticache:{region}:{account}:replicationgroup:{}",
        "replication_group_id",
    ),
    "aws_elasticache_user": ("arn:aws:elasticache:{region}:{account}:user:{}", "user_id"),
}
ACCOUNT_DATA: Final = {
    ("aws_caller_identity", "account_id"): "account",
    ("aws_caller_identity", "id"): "account",
    ("aws_region", "name"): "region",
    ("aws_region", "id"): "region",
    ("aws_region", "region"): "region",
    ("aws_partition", "partition"): "partition",
}


def text_of(value: Any, document: Document) -> str | None:
    """Write a policy value as text with symbols; None when nothing at all is known about it."""
    if isinstance(value, str):
        return _written(value, (), document)
    if isinstance(value, int | float):
        return str(value).lower()
    if not isinstance(value, Unknown):
        return None
    if value.template:
        return _written(value.template, value.references, document)
    if len(value.references) == 1:
        return named(value.references[0], document)
    return None


def tree_of(text: str) -> Any:
    """Parse JSON text in which expressions may hold quotes, as Terraform allows; None when it is no JSON."""
    for form in (text, EXPRESSION.sub(lambda found: json.dumps(found.group())[1:-1], text)):
        try:
            return json.loads(form)
        except (ValueError, RecursionError):
            continue
    return None


def named(reference: Reference, document: Document) -> str:
    """Write what a reference will be: its literal value, its ARN with symbols, or a symbol."""
    resource = document.resource(reference.address)
    if resource is None:
        return f"<{reference}>"
    attribute = reference.attribute or "id"
    known = resource.get(attribute)
    if isinstance(known, str):
        return known
    fact = ACCOUNT_DATA.get((resource.type, attribute))
    if fact is not None:
        return place(document, resource)[fact]
    if attribute == "arn" or (attribute == "id" and resource.type in {"aws_sns_topic", "aws_iam_policy"}):
        return arn(resource, document)
    return f"<{reference}>"


def arn(resource: Resource, document: Document) -> str:
    """Write the ARN of a resource: as known, else with symbols in its known shape."""
    known = resource.get("arn")
    if isinstance(known, str):
        return known
    shape = SHAPES.get(resource.type)
    if shape is None or resource.mode == "data":
        return f"<{resource.address}.arn>"
    form, attribute = shape
    name = text_of(resource.get(attribute), document) or f"<{resource.address}>"
    if resource.type == "aws_ssm_parameter":
        name = name.removeprefix("/")
    tail = f"-<{resource.address}.suffix>" if resource.type in WITHOUT_SUFFIX else ""
    return form.format(name, **place(document, resource)) + tail


def place(document: Document, resource: Resource | None = None) -> dict[str, str]:
    """Name the account, region and partition of a resource: as its provider says, or its own ARN in a state.

    What neither says is a symbol.
    """
    alias = str(resource.meta.get("provider", "")).partition(".")[2] if resource is not None else ""
    found = {"account": "<account>", "region": "<region>", "partition": "aws"}
    for provider in document.providers.get("aws", ()):
        if provider.get("alias", "") != alias:
            continue
        region, accounts = provider.get("region"), provider.get("allowed_account_ids")
        if isinstance(region, str):
            found["region"] = region
        if isinstance(accounts, list | tuple) and len(accounts) == 1 and isinstance(accounts[0], str):
            found["account"] = accounts[0]
    own = resource.get("arn") if resource is not None else None
    if isinstance(own, str) and own.count(":") >= ARN_FIELDS:
        _, _, _, region, account, _ = own.split(":", ARN_FIELDS)
        found["region"], found["account"] = region or found["region"], account or found["account"]
    return found


def derived(reference: Reference) -> str:
    """Write what an expression makes of one attribute, such as the last part of an ARN.

    Two expressions over the same attribute get the same symbol: they are taken for the same part of it.
    """
    return f"<from {reference}>"


def _written(text: str, references: tuple[Reference, ...], document: Document) -> str:
    """Replace each expression; what no expression names itself comes from the one that is a local."""
    if "${" not in text:
        return text
    plain = {
        Reference(address, attribute)
        for whole in EXPRESSION.findall(text)
        for address, attribute in INSIDE.findall(whole)
    }
    indirect = tuple(reference for reference in references if reference not in plain)
    return EXPRESSION.sub(lambda found: _expression(found.group(1).strip(), indirect, document), text)


def _expression(expression: str, references: tuple[Reference, ...], document: Document) -> str:
    found = ADDRESS.match(expression)
    if found is not None and not expression.startswith(NOT_RESOURCES):
        return named(Reference(found.group(1), found.group(2) or ""), document)
    inside = {Reference(address, attribute) for address, attribute in INSIDE.findall(expression)} or set(references)
    if len(inside) == 1:
        return derived(inside.pop())
    return f"<{expression.translate(str.maketrans('<>*?', '()..'))}>"


def widened(text: str) -> str:
    """Replace each symbol by `*`: every text that it may turn out to be."""
    return SYMBOL.sub("*", text)


def is_open(text: str, document: Document) -> bool:
    """Tell whether a text is one symbol that no resource gives its value: a wildcard may come in its place."""
    if not (text.startswith("<") and text.find(">") == len(text) - 1) or text in PLACES:
        return False
    inside = text[1:-1].removeprefix("from ")
    found = ADDRESS.match(inside)
    if found is None or inside.startswith(FROM_OUTSIDE):
        return True
    return inside.startswith("module.") and document.resource(found.group(1)) is None
