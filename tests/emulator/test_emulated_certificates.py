"""ACM: what a deployment reads back of a certificate."""

from __future__ import annotations

import pytest

from tests.emulator.emulated_account import Account


@pytest.mark.parametrize(("asked", "found"), [("EC_prime256v1", "EC_prime256v1"), (None, "RSA_2048")])
def test_a_certificate_keeps_the_key_it_was_asked_for(account: Account, asked: str | None, found: str) -> None:
    """A forgotten algorithm would make every later plan replace the certificate of the entrance."""
    acm = account.client("acm")
    wanted = {"KeyAlgorithm": asked} if asked else {}
    arn = acm.request_certificate(DomainName="pay.example.com", ValidationMethod="DNS", **wanted)["CertificateArn"]

    assert acm.describe_certificate(CertificateArn=arn)["Certificate"]["KeyAlgorithm"] == found
