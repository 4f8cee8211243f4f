"""The `/_emulator/` pages: the log of calls, faults, reset and health.

GET or DELETE `/_emulator/calls`; GET, POST (JSON, see `Fault`) or DELETE `/_emulator/faults`;
POST `/_emulator/reset`; GET `/_emulator/health`. Everything is answered in JSON.
"""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Final

from emulator import upstream
from emulator.faults import Fault
from emulator.wire import Environ, Reply, read_body

if TYPE_CHECKING:
    from collections.abc import Callable

    from emulator.calls import CallLog
    from emulator.faults import Faults

PREFIX: Final = "/_emulator/"
_FAULT_FIELDS: Final = tuple(field.name for field in fields(Fault))


def is_admin(environ: Environ) -> bool:
    """Tell whether a request is for these pages."""
    return str(environ.get("PATH_INFO", "")).startswith(PREFIX)


def answer(environ: Environ, *, calls: CallLog, faults: Faults, reset: Callable[[], None]) -> Reply:
    """Answer a request for one of these pages."""
    body = read_body(environ)
    match environ["REQUEST_METHOD"], environ["PATH_INFO"].removeprefix(PREFIX):
        case "GET", "health":
            return _json(200, {"status": "ready", "moto": upstream.VERSION})
        case "GET", "calls":
            return _json(200, [asdict(record) for record in calls.records()])
        case "DELETE", "calls":
            calls.clear()
        case "GET", "faults":
            return _json(200, [asdict(fault) for fault in faults.all()])
        case "DELETE", "faults":
            faults.clear()
        case "POST", "faults":
            return _set_fault(body, faults)
        case "POST", "reset":
            reset()
        case method, page:
            return _json(404, {"message": f"{method} {PREFIX}{page} is no page of the emulator"})
    return _json(200, {})


def _set_fault(body: bytes, faults: Faults) -> Reply:
    try:
        sent = json.loads(body)
        fault = Fault(**sent)
    except (ValueError, TypeError) as error:
        message = f"a fault is a JSON object of {', '.join(_FAULT_FIELDS)}; {error}"
        return _json(400, {"message": message})
    faults.set(fault)
    return _json(200, asdict(fault))


def _json(status: int, content: Any) -> Reply:
    body = json.dumps(content, default=str).encode()
    return Reply(status, (("Content-Type", "application/json"), ("Content-Length", str(len(body)))), body)
