"""The emulator's own pages as functions: what was called, what shall fail, start again.

For tests and benchmarks; the platform never uses them.
"""

from __future__ import annotations

import http.client
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from emulator.admin import PREFIX
from emulator.calls import CallRecord

if TYPE_CHECKING:
    from emulator.faults import Fault


def calls(url: str) -> tuple[CallRecord, ...]:
    """Give every call since the start, the last `forget_calls` or the last `reset`."""
    return tuple(CallRecord(**record) for record in _ask(url, "GET", "calls"))


def forget_calls(url: str) -> None:
    """Empty the log of calls."""
    _ask(url, "DELETE", "calls")


def inject(url: str, fault: Fault) -> None:
    """Make an action fail or wait."""
    _ask(url, "POST", "faults", asdict(fault))


def heal(url: str) -> None:
    """Let every action work again."""
    _ask(url, "DELETE", "faults")


def reset(url: str) -> None:
    """Make every account empty, and forget calls and faults."""
    _ask(url, "POST", "reset")


def _ask(url: str, method: str, page: str, body: object = None) -> Any:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        connection.request(method, PREFIX + page, body=json.dumps(body) if body is not None else None)
        response = connection.getresponse()
        content = json.load(response)
    finally:
        connection.close()
    if response.status != http.client.OK:
        raise ValueError(content["message"])
    return content
