"""Plain requests to an emulator, and what it logged of them."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from emulator import remote

if TYPE_CHECKING:
    from tests.emulator.emulated_account import Account


def mine(account: Account) -> list[Any]:
    """Give the calls of this test's account."""
    return [call for call in remote.calls(account.url) if call.account == account.id]


def ask(url: str, method: str, path: str, body: str | None = None) -> tuple[int, Any]:
    """Send a plain HTTP request."""
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)) as connection:
        connection.request(method, path, body=body)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def signed(service: str, *, account: str = "test", target: str = "") -> dict[str, str]:
    """Sign a request, as far as the emulator looks."""
    scope = f"{account}/20260101/eu-central-1/{service}/aws4_request"
    return {
        "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}",
        "X-Amz-Target": target,
        "Content-Type": "application/x-amz-json-1.0",
    }
