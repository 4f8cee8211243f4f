"""The WSGI layer in front of moto: which of a fault, a handler and moto answers a call."""

from __future__ import annotations

import logging
import time
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from emulator import admin, upstream, wire
from emulator.calls import CallLog, CallRecord, Source
from emulator.faults import Faults
from emulator.handler import AwsError, Call, Handler, Params
from emulator.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from moto.core.model import OperationModel

    from emulator.wire import Environ, Reply, Request, Scope

_LOG: Final = logging.getLogger("emulator")
_READS: Final = ("Describe", "Get", "List", "Head", "PutObject", "UploadPart", "BatchGet")


@dataclass(frozen=True)
class Outcome:
    """A reply, and who gave it."""

    reply: Reply
    source: Source
    error: str | None = None


class EmulatorApp:
    """Answers what `handlers` know and passes the rest to moto."""

    def __init__(self, handlers: Mapping[tuple[str, str], Handler], clock: Callable[[], datetime]) -> None:
        self.store = Store(clock)
        self.calls = CallLog()
        self.faults = Faults()
        self._handlers = handlers
        self._moto = upstream.create()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request, as WSGI asks: https://peps.python.org/pep-3333/."""
        if admin.is_admin(environ):
            reply = admin.answer(environ, calls=self.calls, faults=self.faults, reset=self.reset)
        elif (scope := wire.scope_of(environ)) is None:
            return self._moto(environ, start_response)
        else:
            reply = self._logged(environ, scope)
        start_response(f"{reply.status} -", list(reply.headers))
        return [reply.body]

    def reset(self) -> None:
        """Make every account empty and forget calls and faults."""
        with self.store.lock:
            upstream.reset()
            self.store.clear()
            self.calls.clear()
            self.faults.clear()

    def _logged(self, environ: Environ, scope: Scope) -> Reply:
        started = time.monotonic()
        request = wire.read_request(environ, scope)
        operation = request.operation
        changes = request.model is not None and not operation.startswith(_READS)
        params = wire.read_params(request, request.model) if changes and request.model is not None else None
        outcome = self._answered(request)
        self.calls.add(
            CallRecord(
                service=scope.service,
                operation=operation,
                account=scope.account,
                region=scope.region,
                status=outcome.reply.status,
                source=outcome.source,
                error=outcome.error,
                seconds=round(time.monotonic() - started, 4),
                params=params,
            )
        )
        return outcome.reply

    def _answered(self, request: Request) -> Outcome:
        model = request.model
        if model is None:
            return self._unrecognised(request)
        fault = self.faults.take(request.scope.service, request.operation)
        if fault is not None:
            time.sleep(fault.seconds)
            if fault.error is not None:
                return Outcome(wire.write(request, model, fault.error), "fault", fault.code)
        handler = self._handlers.get((request.scope.service, request.operation))
        try:
            if handler is None:
                return Outcome(self._from_moto(request), "moto")
            return Outcome(self._from_handler(request, model, handler), "handler")
        except Exception as error:  # noqa: BLE001 - whatever moto raises, the caller needs an answer
            refusal = upstream.as_aws_error(error)
            if refusal is None:
                return self._missing(request, model, error)
            return Outcome(wire.write(request, model, refusal), "handler", refusal.code)

    def _unrecognised(self, request: Request) -> Outcome:
        """Let moto answer what no service model describes, such as its own extras."""
        try:
            return Outcome(upstream.ask(self._moto, request.fresh_environ()), "moto")
        except Exception as error:  # noqa: BLE001 - whatever moto raises, the caller needs an answer
            found = describe(error)
            message = f"{request.scope.service} {request.operation} is no call of AWS: {found}"
            return Outcome(wire.plain(501, message), "missing", found)

    def _from_moto(self, request: Request) -> Reply:
        alone = self.store.lock if request.is_conditional_write else nullcontext()
        with alone:
            reply = upstream.ask(self._moto, request.fresh_environ())
        if upstream.knows_no_such_url(reply):
            # told like the actions for which moto itself raises this: a 501, no retry
            raise NotImplementedError(f"moto serves no {request.environ['PATH_INFO']}")
        return reply

    def _from_handler(self, request: Request, model: OperationModel, handler: Handler) -> Reply:
        def ask_moto() -> Params:
            return wire.read_reply(upstream.ask(self._moto, request.fresh_environ()), model)

        call = Call(
            service=request.scope.service,
            operation=request.operation,
            account=request.scope.account,
            region=request.scope.region,
            params=wire.read_params(request, model),
            store=self.store,
            ask_moto=ask_moto,
        )
        with self.store.lock:
            return wire.write(request, model, handler.answer(call) or {})

    def _missing(self, request: Request, model: OperationModel, cause: Exception) -> Outcome:
        """Say what is missing and where it belongs.

        The status is 501 because no AWS SDK retries it; moto's own 500 is retried for minutes.
        """
        service = request.scope.service
        what = f"{service} {request.operation}"
        found = describe(cause)
        message = (
            f"{what} is not emulated: moto {upstream.VERSION} answered with {found}. "
            f"Add {request.operation} to emulator/services/{service.replace('-', '_')}.py"
        )
        # a gap is told by its name; anything else is a defect, and its traceback is wanted
        _LOG.error("%s", message, exc_info=None if isinstance(cause, NotImplementedError) else cause)
        error = AwsError("NotImplemented", message, 501)
        return Outcome(wire.write(request, model, error), "missing", found)


def describe(error: Exception) -> str:
    """Name an exception with its message, if it has one."""
    return f"{type(error).__name__}: {error}".removesuffix(": ")
