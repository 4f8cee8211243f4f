"""Python's end of the conversation with the jsii kernel.

It stands in for jsii's own class of that purpose, and says the same messages.
Packages are announced, and what the last run of the program has foreseen is
asked, without waiting for the answers; those are heard, in order, before the
answer to anything else.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections import deque
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

import attr
from jsii import errors as jsii_errors
from jsii._kernel import types
from jsii._kernel.providers import process
from jsii._stack_trace import capture_stack_trace, is_enabled

from fastsynth.lines import decode, encode, shortened
from fastsynth.messages import refuse
from fastsynth.wire import Wire

if TYPE_CHECKING:
    from types import ModuleType

    from fastsynth.foresight import Foresight
    from fastsynth.node import Kernel

stock: Final[Any] = process  # most of it has no types
errors: Final[Any] = jsii_errors  # likewise
NodeProcess: Final = stock._NodeProcess  # noqa: SLF001 - what this stands in for
API: Final = {
    types.LoadRequest: "load",
    types.CreateRequest: "create",
    types.GetRequest: "get",
    types.SetRequest: "set",
    types.StaticGetRequest: "sget",
    types.InvokeRequest: "invoke",
    types.StaticInvokeRequest: "sinvoke",
}
FIELDS: Final = {kind: attr.fields_dict(kind).keys() for kind in API}
OFTEN: Final = 64  # far fewer answers than the socket can hold, so Node need not wait for them to be read
GOODBYE: Final = b'{"exit":0}\n'


class Awaited(NamedTuple):
    """An answer that the program went on without."""

    package: str | None = None
    """The package that was announced, if it was one."""
    foreseen: bytes | None = None
    """What the answer will be, if the program went on with it."""


class Channel:
    """The one kernel of this program."""

    def __init__(self, kernel: Kernel, foresight: Foresight | None = None) -> None:
        self._wire = Wire(kernel)
        self._foresight = foresight
        self._pending: deque[Awaited] = deque()
        self._greeted = False
        self._released = False
        self._serializer: Any = None
        atexit.register(self.stop)

    def start(self) -> None:
        """Do nothing: jsii asks for it, and the kernel was started before."""

    def send(self, request: Any, response_type: Any) -> Any:
        """Say one message and return the answer to it."""
        line = self._encode(request)
        if isinstance(request, types.LoadRequest):
            self._write(line)
            self._await(Awaited(package=f"{request.name} {request.version}"))
            return types.LoadResponse(assembly=request.name, types=0)
        if self._foresight is None:
            return self._decode(self._asked(line), response_type)
        answer = self._foresight.foreseen(request, line)
        if answer is None:
            answer = self._asked(line)
            self._foresight.heard(request, line, answer)
        else:
            self._write(line)
            self._await(Awaited(foreseen=answer))
        return self._decode(answer, response_type)

    def announce(self, namespace: ModuleType) -> None:
        """Have the kernel read the JavaScript of a namespace that Python has just imported.

        Asking for a static property of its class does that; the answer is of no interest.
        """
        gc.freeze()  # classes and functions stay; no collection, nor those at the end, need look at them
        names = namespace.__all__
        name = next((name for name in names if f"{name}Config" in names), None)
        if name is None:
            return
        kind = getattr(namespace, name).__jsii_type__
        self._write(self._encode(types.StaticGetRequest(fqn=kind, property="tfResourceType")))
        self._await(Awaited())

    @property
    def as_before(self) -> bool:
        """Whether the program asks what it asked in its last run."""
        return self._foresight is not None and self._foresight.as_before

    def release(self) -> None:
        """Let the kernel finish while the program goes on, which has no more to ask of it."""
        if not self._wire.ours or self._released:
            return
        self._settle()
        self._keep()
        self._wire.write(GOODBYE)
        self._released = True

    def stop(self) -> None:
        """Let the kernel finish and remove its temporary files."""
        atexit.unregister(self.stop)
        if not self._wire.ours:
            return
        if not self._released:
            if self._goes_on_trust():
                self._settle_at_the_end()
            self._keep()
        self._wire.end(b"" if self._released else GOODBYE)

    def _settle_at_the_end(self) -> None:
        try:
            self._settle()
        except SystemExit as refused:  # which has no effect on a program that is at its end
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(int(str(refused)))

    def _keep(self) -> None:
        if self._foresight is not None:
            self._foresight.keep()

    def _await(self, awaited: Awaited) -> None:
        """Go on without an answer; of those that have come, hear some now and then."""
        self._pending.append(awaited)
        if len(self._pending) % OFTEN == 0:
            while self._pending and self._wire.arrived():
                self._hear()

    def _settle(self) -> None:
        """Wait for all that is still to be heard from before."""
        while self._pending or not self._greeted:
            self._hear()

    def _hear(self) -> None:
        """Hear the greeting, or the next answer that the program went on without."""
        line = self._wire.read()
        if not self._greeted:
            hello = decode(line.decode()).get("hello")
            if hello != f"@jsii/runtime@{stock.__jsii_runtime_version__}":
                refuse("fastsynth cannot talk to jsii", f"it says {hello!r}", hint="run it with FASTSYNTH=off")
            self._greeted = True
            return
        awaited = self._pending.popleft()
        if awaited.foreseen is not None and line != awaited.foreseen:
            self._deceived(awaited.foreseen, line)
        if awaited.package is not None and "ok" not in (answer := decode(line.decode())):
            problem = " ".join(answer["error"].split())
            refuse(f"jsii cannot load {awaited.package}", problem, hint="reinstall the Python package it comes with")

    def _deceived(self, foreseen: bytes, line: bytes) -> NoReturn:
        """Stop: the program went on with an answer that was not given."""
        self._pending.clear()
        if self._foresight is not None:
            self._foresight.forget()
        refuse(
            "synthesis stopped: jsii did not answer as in the last run of this program",
            f"it said {shortened(line)} and before {shortened(foreseen)}",
            hint="run again; what was remembered of the last run is dropped",
        )

    def _encode(self, request: Any) -> bytes:
        kind = type(request)
        if kind in API:
            message = {name: getattr(request, name) for name in FIELDS[kind]}
            message["api"] = API[kind]
        else:
            message = self._stock().unstructure(request)
        if is_enabled() and (trace := capture_stack_trace()):
            message["$jsii.stacktrace"] = trace
        return encode(message).encode() + b"\n"

    def _decode(self, line: bytes, response_type: Any) -> Any:
        answer = decode(line.decode())
        if "ok" in answer:
            ok = answer["ok"]
            if response_type is types.GetResponse:
                return types.GetResponse(value=ok.get("value"))
            if response_type is types.InvokeResponse:
                return types.InvokeResponse(result=ok.get("result"))
            if response_type is types.CreateResponse:
                return stock._with_reference(ok, response_type)  # noqa: SLF001 - as jsii does
            return self._stock().structure(ok, response_type)
        if "callback" in answer:
            return self._stock().structure(answer["callback"], types.Callback)
        kind = errors.JSIIError if answer["name"] == errors.ErrorType.JSII_FAULT.value else RuntimeError
        raise kind(answer["error"]) from errors.JavaScriptError(answer["stack"])

    def _write(self, line: bytes) -> None:
        if self._released:
            refuse(
                "CDKTF is at its end in this program",
                "something was asked of it after fastsynth.release()",
                hint="call release() after the last synthesis and the last look at a construct",
            )
        self._wire.write(line)

    def _asked(self, line: bytes) -> bytes:
        """Ask and wait for the answer. What may write files is asked only once all that was foreseen has come true."""
        if self._goes_on_trust():
            self._settle()
        self._write(line)
        self._settle()
        return self._wire.read()

    def _goes_on_trust(self) -> bool:
        """Tell whether the program went on with an answer that has not come yet."""
        return any(awaited.foreseen is not None for awaited in self._pending)

    def _stock(self) -> Any:
        """Return jsii's own converter, for messages that are rare."""
        if self._serializer is None:
            holder = SimpleNamespace()
            NodeProcess.__init__(holder)  # it only fills the object it is given
            self._serializer = holder._serializer  # noqa: SLF001 - likewise
        return self._serializer


def stand_in(channel: Channel) -> None:
    """Let jsii use the channel when it wants to start a kernel."""
    stock._NodeProcess = lambda: channel  # noqa: SLF001 - there is no public way
