"""A certificate has a key that can be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planproof.document import Document, Resource
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator


AUTHORITY: Final = "certificate_authority_configuration.0.key_algorithm"


def check(certificate: Resource, _: Document) -> Iterator[Outcome]:
    """RSA from 2,048 bits on, or an elliptic curve; ACM takes RSA_2048 by itself."""
    path = "key_algorithm" if certificate.type == "aws_acm_certificate" else AUTHORITY
    if certificate.get(path) == "RSA_1024":
        yield Violation(path, "RSA_2048 or an elliptic curve")


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.HIGH,
    resources=("aws_acm_certificate", "aws_acmpca_certificate_authority"),
    why="Whoever computes the key reads and forges every connection.",
    fix="Set key_algorithm to RSA_2048 or EC_prime256v1.",
    docs="https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html",
    controls=("pci-dss-4.0.1/4.2.1", "pci-dss-4.0.1/3.7.1", "aws-fsbp/ACM.2"),
    check=check,
    mutations=(
        Mutation("key_algorithm", "RSA_1024", on=lambda certificate, _: certificate.type == "aws_acm_certificate"),
    ),
)
