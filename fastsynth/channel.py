"""Python's end of the conversation with the jsii kernel.

It stands in for jsii's own class of that purpose, and says the same messages.
Packages are announced without waiting for the answers; those are read, in
order, before the answer to anything else.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import signal
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import attr
from jsii import errors as jsii_errors
from jsii._kernel import types
from jsii._kernel.providers import process
from jsii._stack_trace import capture_stack_trace, is_enabled

from fastsynth.messages import refuse
from fastsynth.node import EXIT_CODE_TOO_OLD, HOW_TO_GET_NODE

if TYPE_CHECKING:
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
MOST_PENDING: Final = 64  # far fewer answers than the socket can hold, so neither side waits for the other to read
GOODBYE: Final = b'{"exit":0}\n'
SECONDS_TO_END: Final = 60  # the first use of a provider ends with jsii writing its index of it


class Channel:
    """The one kernel of this program."""

    def __init__(self, kernel: Kernel) -> None:
        self._pid = kernel.pid
        self._socket = kernel.socket
        self._owner = os.getpid()
        self._buffer = b""
        self._pending: list[str | None] = []  # the package announced, if it was one
        self._greeted = False
        self._released = False
        self._serializer: Any = None
        atexit.register(self.stop)

    def start(self) -> None:
        """Do nothing: jsii asks for it, and the kernel was started before."""

    def send(self, request: Any, response_type: Any) -> Any:
        """Say one message and return the answer to it."""
        self._write(self._encode(request))
        if isinstance(request, types.LoadRequest):
            self._pending.append(f"{request.name} {request.version}")
            return types.LoadResponse(assembly=request.name, types=0)
        self._settle()
        return self._decode(self._read(), response_type)

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
        self._pending.append(None)
        if len(self._pending) >= MOST_PENDING:
            self._settle()

    def release(self) -> None:
        """Let the kernel finish while the program goes on, which has no more to ask of it."""
        if self._pid == 0 or self._owner != os.getpid() or self._released:
            return
        self._settle()
        self._write(GOODBYE)
        self._released = True

    def stop(self) -> None:
        """Let the kernel finish and remove its temporary files."""
        atexit.unregister(self.stop)
        if self._pid == 0 or self._owner != os.getpid():
            return
        self._socket.settimeout(SECONDS_TO_END)
        try:
            if not self._released:
                self._socket.sendall(GOODBYE)
            while self._socket.recv(65_536):
                pass
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGTERM)
        except OSError:  # it is gone already
            pass
        self._reap()

    def _reap(self) -> int:
        pid, self._pid = self._pid, 0
        self._socket.close()
        with contextlib.suppress(ChildProcessError):
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return 0

    def _settle(self) -> None:
        """Read what is still to be heard from before: the greeting, and the answers to announcements."""
        if not self._greeted:
            hello = self._read().get("hello")
            if hello != f"@jsii/runtime@{stock.__jsii_runtime_version__}":
                refuse("fastsynth cannot talk to jsii", f"it says {hello!r}", hint="run it with FASTSYNTH=off")
            self._greeted = True
        pending, self._pending = self._pending, []
        for package in pending:
            answer = self._read()
            if package is not None and "ok" not in answer:
                problem = " ".join(answer["error"].split())
                refuse(f"jsii cannot load {package}", problem, hint="reinstall the Python package it comes with")

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

    def _decode(self, answer: Any, response_type: Any) -> Any:
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

    def _write(self, message: bytes) -> None:
        if self._released:
            refuse(
                "CDKTF is at its end in this program",
                "something was asked of it after fastsynth.release()",
                hint="call release() after the last synthesis and the last look at a construct",
            )
        try:
            self._socket.sendall(message)
        except OSError:
            self._lost()

    def _read(self) -> Any:
        while (end := self._buffer.find(b"\n")) < 0:
            try:
                more = self._socket.recv(1_048_576)
            except ConnectionError:
                more = b""
            if not more:
                self._lost()
            self._buffer += more
        line, self._buffer = self._buffer[:end], self._buffer[end + 1 :]
        return decode(line.decode())

    def _lost(self) -> None:
        code = self._reap()
        if code == EXIT_CODE_TOO_OLD:
            refuse("CDKTF cannot run", "the Node that was found is too old", hint=HOW_TO_GET_NODE)
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
        refuse(
            "synthesis stopped: the jsii process (Node) is gone",
            f"it {how} before everything was synthesised",
            hint="what is in the output folder is incomplete; run again, with more memory if it was SIGKILL",
        )

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


def to_json(value: Any) -> Any:
    """Write what jsii puts into its requests beside plain JSON."""
    if isinstance(value, types.ObjRef):
        return stock._unstructure_ref(value)  # noqa: SLF001 - jsii's own form of it
    if isinstance(value, types.Override):
        return {"method": value.method, "property": value.property, "cookie": value.cookie}
    return stock.jdefault(value)


encode: Final = json.JSONEncoder(default=to_json).encode
decode: Final = json.JSONDecoder(object_hook=stock.ohook).decode
