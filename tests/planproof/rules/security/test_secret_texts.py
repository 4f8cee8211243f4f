"""Which texts are secrets: the detectors, names, and the filter that spares us loading the detectors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from planproof.document import Document, Unknown, parse
from planproof.reading.secrets import in_lines, is_secret, names_secret, token

LETTERS = "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0fG3hJ6kL9nP2rS5uV8xY1zA4cD7eF0"
# Written in two halves, so that tools which look for tokens in repositories leave this file alone.
TOKENS = {
    "AWS Access Key": "AKIA" + "IOSFODNN7EXAMPLE",
    "Azure Storage Account access key": "AccountKey=" + (LETTERS * 2)[:86] + "==",
    "Basic Auth Credentials": "postgres://app:" + "hunter22@db.example/payments",
    "Discord Bot Token": "M" + LETTERS[:23] + "." + LETTERS[:6] + "." + LETTERS[:27],
    "GitHub Token": "ghp" + "_" + LETTERS[:36],
    "GitLab Token": "glpat" + "-" + "abcdefghijklmnopqrst",
    "JSON Web Token": "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0" + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U",
    "Mailchimp Access Key": "0123456789abcdef" * 2 + "-us12",
    "NPM tokens": "//npm.example/:_authToken" + "=npm_abcdef",
    "OpenAI Token": "sk-" + LETTERS[:20] + "T3BlbkFJ" + LETTERS[:20],
    "Private Key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "PyPI Token": "pypi-" + "AgEIcHlwaS5vcmc" + (LETTERS * 2)[:75],
    "SendGrid API Key": "SG." + LETTERS[:22] + "." + LETTERS[:43],
    "Slack Token": "xoxb" + "-1234567890-abcdefghijkl",
    "Square OAuth Secret": "sq0csp-" + LETTERS[:43],
    "Stripe Access Key": "sk_live" + "_" + LETTERS[:24],
    "Telegram Bot Token": "12345678:" + LETTERS[:35],
    "Twilio API Key": "SK" + "0123456789abcdef" * 2,
}
NOTHING: Document = parse({"resource": {"aws_vpc": {"main": {}}}}, name="prod", source="prod")


@pytest.mark.parametrize("kind", TOKENS)
def test_each_kind_of_token_passes_the_filter_and_is_named(kind: str) -> None:
    """The filter that decides whether to load the detectors must lose none of what they know."""
    assert token(f"x = {TOKENS[kind]}") == kind


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_PASSWORD", "hunter22"),
        ("databasePassword", "hunter22"),
        ("SMTP_PASS", "hunter22"),
        ("mail-api-key", "3f1c9a"),
        ("SESSION_SECRET", "correct horse"),
        ("GITHUB_TOKEN", "x"),
    ],
)
def test_a_value_under_the_name_of_a_secret_is_one(name: str, value: str) -> None:
    """Most passwords have no form; their name gives them away."""
    assert is_secret(name, value, NOTHING)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:111111111111:secret:x"),
        ("CARD_NETWORK_TOKEN_NAME", "payments-card-network"),
        ("TOKEN_TTL_SECONDS", "900"),
        ("PASSWORD_LENGTH", "14"),
        ("TOKEN_URL", "https://login.payflow.example/token"),
        ("REQUIRE_TOKEN", "true"),
        ("PRIVATE_KEY_FILE", "/run/secrets/key"),
        ("API_TOKEN", "${TOKEN_FROM_FILE}"),
        ("COMPASS", "north"),
        ("MONKEY", "banana"),
        ("PASSENGERS", "four"),
        ("IMAGE", "payflow-ledger-prod:1.4.2"),
        ("BUCKET", "payflow-access-logs-staging-222222222222"),
        ("COMMIT", "3a7bd3e2360a3d29eea436fcfb7e44c735d117c4"),
        ("KEY_ID", "1234abcd-12ab-34cd-56ef-1234567890ab"),
    ],
)
def test_facts_about_secrets_are_none(name: str, value: str) -> None:
    """A false alarm about an ARN or a setting teaches people to waive the rule."""
    assert not is_secret(name, value, NOTHING)


def test_a_password_in_the_known_part_of_an_address_is_seen() -> None:
    """The host comes with the deployment; the password beside it stands in the code."""
    value = Unknown("later", template="postgres://app:" + "hunter22@${aws_db_instance.main.address}/payments")

    assert is_secret("DATABASE_URL", value, NOTHING)


def test_an_expression_is_no_token() -> None:
    """Generated names of resources are long and have digits; they are not looked into."""
    assert token("${aws_security_group.payments_connections_group_AD385A0C1234567890abcdef.id}") is None


def test_lines_of_a_script_are_told_by_number() -> None:
    """What a script reads at run time is right; what is written in it is not."""
    script = "#!/bin/sh\nexport DB_PASSWORD=$(aws secretsmanager get-secret-value)\nexport API_TOKEN='hunter22'\n"

    assert list(in_lines(script, NOTHING)) == [3]


@pytest.mark.parametrize("name", ["password", "client_secret", "accessKey", "AUTH_TOKEN", "db.passwd"])
def test_names_of_secrets(name: str) -> None:
    """However a name is put together."""
    assert names_secret(name)


def test_a_clean_platform_never_loads_the_detectors(cdktf_out: Path) -> None:
    """Loading them takes longer than judging all environments; the gate runs at every synthesis."""
    program = (
        "import sys; from datetime import date; from pathlib import Path; from planproof.checking import check;"
        "check([Path(sys.argv[1])], as_of=date(2026, 1, 1), rules=['secret-in-environment', 'secret-in-output',"
        " 'literal-password', 'secret-in-parameter', 'secret-in-user-data']);"
        "sys.exit('detect_secrets' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(cdktf_out)], check=False, timeout=60)

    assert done.returncode == 0
