"""A secret stands in the start script of a machine."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource, Unknown
from planproof.reading.outside import is_given
from planproof.reading.secrets import HIDDEN, in_lines
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


WHOLE: Final = re.compile(r"(\$\{.*\})?", re.DOTALL)
"""A script of which nothing is written here."""

SCRIPT: Final = "#!/bin/sh\nexport DB_PASSWORD=$(aws secretsmanager get-secret-value)\n"


def decoded(text: str) -> str:
    """The script, decoded when it is written in base 64."""
    try:
        return b64decode(text, validate=True).decode("utf-8")
    except (ValueError, UnicodeDecodeError):
        return text


def check(machine: Resource, document: Document) -> Iterator[Outcome]:
    """No line of the script looks like a secret, encoded or not."""
    for path in ("user_data", "user_data_base64"):
        value = machine.get(path)
        text = value.template if isinstance(value, Unknown) else value
        if isinstance(text, str) and any(in_lines(decoded(text), document)):
            yield Violation(path, "no secret in the script", found=HIDDEN)
        elif isinstance(value, Unknown) and (is_given(value) or WHOLE.fullmatch(value.template)):
            yield Undecided(path, value.cause)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("aws_instance", "aws_launch_template", "aws_launch_configuration"),
    why="Every program on the machine can ask for the script, and everybody who may describe instances can read it.",
    fix="Let the script read the secret from Secrets Manager with the role of the machine.",
    docs="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
    controls=("pci-dss-4.0.1/8.6.2",),
    check=check,
    mutations=(
        Mutation("user_data", "#!/bin/sh\nexport DB_PASSWORD=hunter22\n"),
        Mutation("user_data", "#!/bin/sh\naws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE\n"),
        Mutation("user_data", "IyEvYmluL3NoCmV4cG9ydCBEQl9QQVNTV09SRD1odW50ZXIyMgo="),
    ),
    specimen={"resource": {"aws_instance": {"job": {"user_data": SCRIPT}}}},
)
