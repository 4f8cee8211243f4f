"""Texts that are secrets: tokens by their form, and values by the name they stand under.

The forms are those of detect-secrets. It is loaded only for a text that could hold a token at all, because
loading it takes longer than judging a whole platform.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from planproof.document import Reference, Sensitive, Unknown
from planproof.document.sensitive import secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document

HIDDEN: Final = "(a secret)"
FORMS: Final = {
    "aws": "AWSKeyDetector", "azure_storage_key": "AzureStorageKeyDetector",
    "basic_auth": "BasicAuthDetector", "discord": "DiscordBotTokenDetector", "github_token": "GitHubTokenDetector",
    "gitlab_token": "GitLabTokenDetector", "jwt": "JwtTokenDetector", "mailchimp": "MailchimpDetector",
    "npm": "NpmDetector", "openai": "OpenAIDetector", "private_key": "PrivateKeyDetector",
    "pypi_token": "PypiTokenDetector", "sendgrid": "SendGridDetector", "slack": "SlackDetector",
    "square_oauth": "SquareOAuthDetector", "stripe": "StripeDetector", "telegram_token": "TelegramBotTokenDetector",
    "twilio": "TwilioKeyDetector",
}  # fmt: skip
POSSIBLE: Final = re.compile(
    r"-----BEGIN|://[^\s/:@]+:[^\s/@]+@|(?=[A-Za-z/+]*\d)[A-Za-z0-9/+]{20,}|xox[a-z]-|hooks\.slack\.com|eyJ|SG\.|sq0|"
    r"\bgl(?:pat|dt|ft|soat|rt|cbt|imt|ptt|agent|oas)-|GR1348941|_authToken|pypi-|\b\d{8,10}:|\b[MNO][\w-]{23}\.|AccountKey"
)
EXPRESSION: Final = re.compile(r"\$\{[^{}]*\}")
NAME: Final = re.compile(
    r"pass(word|wd|phrase)|(^|[_-])(pwd|pass)$|secret|token|credential|(api|private|access|auth|signing|encryption)[_-]?key",
    re.IGNORECASE,
)
ABOUT: Final = re.compile(
    r"[_-](arn|arns|id|ids|name|names|url|uri|host|port|path|file|region|type|ttl|seconds|minutes|days|expiry|"
    r"header|issuer|algorithm|version|enabled|length|prefix|endpoint|mode|policy)$",
    re.IGNORECASE,
)
HARMLESS: Final = re.compile(r"arn:|https?://|/|true$|false$|[\d.]+$|\$|<|\{|%", re.IGNORECASE)
LINE: Final = re.compile(r"([A-Za-z_][\w.-]*)[\"']?\s*[=:]\s*[\"']?([^\s\"'#;]+)")
BORN_SECRET: Final = frozenset({"random_password", "tls_private_key"})


@cache
def _detectors() -> tuple[Any, ...]:
    return tuple(getattr(import_module(f"detect_secrets.plugins.{file}"), name)() for file, name in FORMS.items())


@lru_cache(maxsize=4096)
def token(text: str) -> str | None:
    """The kind of the first token in a text, such as "AWS Access Key"; None when it holds none."""
    text = EXPRESSION.sub("", text)
    if POSSIBLE.search(text) is None:
        return None
    for detector in _detectors():
        for line in text.splitlines():
            if any(detector.analyze_string(line)):
                return str(detector.secret_type)
    return None


def names_secret(name: str) -> bool:
    """Whether a value under this name is a secret, and not a fact about one."""
    return NAME.search(name) is not None and ABOUT.search(name) is None


def is_secret(name: str, value: Any, document: Document) -> bool:
    """Whether a value under a name is a secret, or comes from where secrets come from."""
    if isinstance(value, Sensitive):
        value = value.value
    if isinstance(value, Unknown):
        from_secret = any(comes_from_secret(one, document) for one in value.references)
        return from_secret or token(value.template) is not None
    if not isinstance(value, str) or not value:
        return False
    return token(value) is not None or (names_secret(name) and HARMLESS.match(value) is None)


def comes_from_secret(reference: Reference, document: Document) -> bool:
    """Whether a reference is to an attribute that providers mark as secret."""
    resource = document.resource(reference.address)
    kind = resource.type if resource is not None else reference.address.removeprefix("data.").partition(".")[0]
    attribute = reference.attribute.partition("[")[0].partition(".")[0]
    if kind in BORN_SECRET:
        return attribute in {"result", "bcrypt_hash"} or attribute.startswith("private_key")
    return any(path[0] == attribute for path in secrets().get(kind, ()))


def in_lines(text: str, document: Document) -> Iterator[int]:
    """The numbers of the lines of a script that hold a secret, from 1."""
    for number, line in enumerate(text.splitlines(), start=1):
        if token(line) is not None or any(is_secret(name, value, document) for name, value in LINE.findall(line)):
            yield number
