"""Python and the kernel understand each other, and one notices when the other is gone."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import constructs
import pytest
from jsii._kernel import types
from jsii.errors import JSIIError

from fastsynth import channel as channel_module
from fastsynth import node, wire
from fastsynth.cache import Cache
from fastsynth.channel import Channel, stand_in

CONSTRUCTS = next((Path(constructs.__file__).parent / "_jsii").glob("*.tgz"))
VERSION = CONSTRUCTS.name.removeprefix("constructs@").removesuffix(".jsii.tgz")
HELLO = {"hello": "@jsii/runtime@1.142.0"}


def started(cache: Path) -> Channel:
    """Start a real kernel."""
    executable = node.find_node(os.environ)
    assert executable is not None
    return Channel(node.start(executable, node.find_program(), os.environ, Cache(cache)))


@pytest.fixture
def channel(tmp_path: Path) -> Iterator[Channel]:
    """A real kernel that has been told of the constructs package."""
    made = started(tmp_path / "cache")
    made.start()
    made.send(types.LoadRequest(name="constructs", version=VERSION, tarball=str(CONSTRUCTS)), types.LoadResponse)
    yield made
    made.stop()


class Fake:
    """A kernel that says what a test has written down."""

    def __init__(self, *answers: Any, program: str = "read line") -> None:
        ours, self.theirs = socket.socketpair()
        self.process = subprocess.Popen(["sh", "-c", program], stdin=subprocess.PIPE)
        for answer in answers:
            self.theirs.sendall(json.dumps(answer).encode() + b"\n")
        self.channel = Channel(node.Kernel(self.process.pid, ours))

    def heard(self) -> list[Any]:
        """Return what was said to it."""
        return [json.loads(line) for line in self.theirs.recv(100_000).splitlines()]

    def end(self) -> None:
        """Close the kernel's end of the conversation, as its death does."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.theirs.close()

    def close(self) -> None:
        """Leave nothing behind."""
        self.end()
        self.channel.stop()
        self.process.returncode = 0


@pytest.fixture
def fakes() -> Iterator[list[Fake]]:
    """The fakes of a test, closed after it."""
    made: list[Fake] = []
    yield made
    for fake in made:
        fake.close()


def test_objects(channel: Channel) -> None:
    """Things are made, asked, called and forgotten."""
    root = channel.send(types.CreateRequest(fqn="constructs.RootConstruct", args=["top"]), types.CreateResponse)
    assert root.ref.startswith("constructs.RootConstruct@")
    tree = channel.send(types.GetRequest(objref=root, property="node"), types.GetResponse).value
    path = channel.send(types.GetRequest(objref=tree, property="path"), types.GetResponse)
    assert path == types.GetResponse(value="top")
    context = types.InvokeRequest(objref=tree, method="tryGetContext", args=["key"])
    assert channel.send(context, types.InvokeResponse) == types.InvokeResponse(result=None)
    assert channel.send(types.StatsRequest(), types.StatsResponse).objectCount >= 2
    channel.send(types.DeleteRequest(objref=root), types.DeleteResponse)


def test_callback(channel: Channel) -> None:
    """JavaScript calls what Python overrides, and goes on with the answer."""
    override = types.Override(method="toString", cookie="told")
    made = types.CreateRequest(fqn="constructs.RootConstruct", args=["top"], overrides=[override], interfaces=[])
    root = channel.send(made, types.CreateResponse)
    asked = channel.send(types.InvokeRequest(objref=root, method="toString"), types.InvokeResponse)
    assert isinstance(asked, types.Callback)
    assert asked.cookie == "told"
    complete = channel_module.stock._CompleteRequest(  # noqa: SLF001 - what jsii sends
        types.CompleteRequest(cbid=asked.cbid, result="mine")
    )
    assert channel.send(complete, types.InvokeResponse) == types.InvokeResponse(result="mine")


@pytest.mark.parametrize(
    ("name", "kind"), [("@jsii/kernel.Fault", JSIIError), ("@jsii/kernel.RuntimeError", RuntimeError)]
)
def test_errors(fakes: list[Fake], name: str, kind: type[Exception]) -> None:
    """An error of the kernel is raised as jsii raises it."""
    fake = Fake(HELLO, {"error": "wrong", "stack": "here", "name": name})
    fakes.append(fake)
    with pytest.raises(kind, match="wrong") as raised:
        fake.channel.send(types.StaticGetRequest(fqn="a.B", property="c"), types.GetResponse)
    assert str(raised.value.__cause__).strip() == "here"


def test_package_that_cannot_be_loaded(tmp_path: Path, capsys: pytest.CaptureFixture[str], fakes: list[Fake]) -> None:
    """The answer to an announcement is looked at before anything else is."""
    fake = Fake(HELLO, {"error": "broken\n in  two", "stack": "", "name": ""})
    fakes.append(fake)
    load = types.LoadRequest(name="example", version="1", tarball=str(tmp_path))
    assert fake.channel.send(load, types.LoadResponse).assembly == "example"
    with pytest.raises(SystemExit) as stopped:
        fake.channel.send(types.StatsRequest(), types.StatsResponse)
    assert stopped.value.code == 2
    assert capsys.readouterr().err == (
        "jsii cannot load example 1\n  broken in two\n\nhint: reinstall the Python package it comes with\n"
    )


def test_another_greeting(fakes: list[Fake], capsys: pytest.CaptureFixture[str]) -> None:
    """Something else than the tested kernel is not spoken to."""
    fakes.append(Fake({"hello": "@jsii/runtime@2"}))
    with pytest.raises(SystemExit):
        fakes[0].channel.send(types.StatsRequest(), types.StatsResponse)
    assert capsys.readouterr().err == (
        "fastsynth cannot talk to jsii\n  it says '@jsii/runtime@2'\n\nhint: run it with FASTSYNTH=off\n"
    )


def test_announcements(fakes: list[Fake]) -> None:
    """A namespace is asked for its class; what comes back does not matter, but is read before it is too much."""
    fake = Fake(HELLO, *[{"error": "no", "stack": "", "name": ""}] * 63)
    fakes.append(fake)
    module = ModuleType("namespace")
    module.__dict__.update(__all__=["ThingConfig", "Thing"], Thing=type("Thing", (), {"__jsii_type__": "a.Thing"}))
    for _ in range(64):
        fake.channel.announce(module)
    said = fake.heard()
    assert said == [{"fqn": "a.Thing", "property": "tfResourceType", "api": "sget"}] * 64
    assert len(fake.channel._pending) == 1  # noqa: SLF001 - all that had come were read, none was waited for
    module.__dict__["__all__"] = ["Other"]
    fake.channel.announce(module)
    assert len(fake.channel._pending) == 1  # noqa: SLF001 - nothing was asked


def test_stack_traces(fakes: list[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever switches jsii's traces of Python on gets them."""
    monkeypatch.setenv("JSII_HOST_STACK_TRACES", "1")
    fakes.append(Fake(HELLO, {"ok": {"value": 1}}))
    answer = fakes[0].channel.send(types.StaticGetRequest(fqn="a.B", property="c"), types.GetResponse)
    assert answer.value == 1
    frames = fakes[0].heard()[0]["$jsii.stacktrace"]
    assert any(frame[0] == __file__ for frame in frames)


@pytest.mark.parametrize(
    ("program", "how"),
    [("read line; exit 3", "ended with exit code 3"), ("read line; kill -9 $$", "was ended by SIGKILL")],
)
def test_kernel_is_gone(fakes: list[Fake], program: str, how: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said how it ended, both when it is written to and when it is read from."""
    fakes.extend(Fake(program=program) for _ in range(2))
    reading, writing = (fake.channel._wire for fake in fakes)  # noqa: SLF001 - the two ways
    calls: tuple[Callable[[], object], ...] = (reading.read, lambda: writing.write(b"more\n"))
    for fake, call in zip(fakes, calls, strict=True):
        fake.end()
        with pytest.raises(SystemExit) as stopped:
            call()
        assert stopped.value.code == 2
        assert f"  it {how} before everything was synthesised\n" in capsys.readouterr().err


def test_kernel_that_resets(fakes: list[Fake], capsys: pytest.CaptureFixture[str]) -> None:
    """An end with words unheard is an end too."""
    fakes.append(Fake(program="read line; exit 3"))
    fakes[0].channel._wire.write(b"a word\n")  # noqa: SLF001 - which the kernel will not read
    fakes[0].end()
    with pytest.raises(SystemExit):
        fakes[0].channel._wire.read()  # noqa: SLF001 - as every answer is read
    assert "it ended with exit code 3" in capsys.readouterr().err


def test_node_is_too_old(fakes: list[Fake], capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code of preload.cjs has a message of its own."""
    fakes.append(Fake(program="read line; exit 87"))
    fakes[0].end()
    with pytest.raises(SystemExit):
        fakes[0].channel.send(types.StatsRequest(), types.StatsResponse)
    assert capsys.readouterr().err.startswith("CDKTF cannot run\n  the Node that was found is too old\n")


@pytest.mark.slow
def test_end(tmp_path: Path) -> None:
    """The kernel ends with the program, removes its files, and can be told twice."""
    made = started(tmp_path / "cache")
    pid = made._wire.pid  # noqa: SLF001 - to look for it
    made.send(types.StatsRequest(), types.StatsResponse)
    made.stop()
    made.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_kernel_that_does_not_end(fakes: list[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    """After the time for it, it is terminated."""
    monkeypatch.setattr(wire, "SECONDS_TO_END", 0.05)
    fakes.append(Fake(program="exec tail -f /dev/null"))
    ended: list[int] = []
    reap = fakes[0].channel._wire._reap  # noqa: SLF001 - to see the exit code
    monkeypatch.setattr(fakes[0].channel._wire, "_reap", lambda: ended.append(reap()))  # noqa: SLF001 - likewise
    fakes[0].channel.stop()
    assert ended == [-signal.SIGTERM]


def test_forked_child_leaves_it_alone(fakes: list[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the program, as multiprocessing makes it, must not end the kernel of the original."""
    fakes.append(Fake(HELLO))
    with monkeypatch.context() as child:
        child.setattr(os, "getpid", lambda: -1)
        fakes[0].channel.stop()
    assert fakes[0].process.poll() is None


def test_already_reaped(fakes: list[Fake]) -> None:
    """A program that waits for all its children may have taken the exit code."""
    fakes.append(Fake(program="exit 3"))
    fakes[0].process.wait()
    fakes[0].end()
    fakes[0].channel.stop()
    assert fakes[0].channel._wire.pid == 0  # noqa: SLF001 - it counts as ended


def test_jsii_uses_it(fakes: list[Fake], monkeypatch: pytest.MonkeyPatch) -> None:
    """The channel is what jsii gets where it would make its own."""
    monkeypatch.setattr(channel_module.stock, "_NodeProcess", channel_module.NodeProcess)
    fakes.append(Fake())
    stand_in(fakes[0].channel)
    assert channel_module.stock._NodeProcess() is fakes[0].channel  # noqa: SLF001 - as jsii does


@pytest.mark.slow
def test_a_released_kernel_ends_beside_the_program(tmp_path: Path) -> None:
    """A pull request does not wait for Node to clean up, and what comes too late is told, not lost."""
    channel = started(tmp_path / "cache")
    asked = types.LoadRequest(name="constructs", version=VERSION, tarball=str(CONSTRUCTS))
    channel.send(asked, types.LoadResponse)
    pid = channel._wire.pid  # noqa: SLF001 - only the kernel itself can be asked whether it is gone
    channel.release()
    channel.release()
    assert os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT) is not None
    with pytest.raises(SystemExit) as refused:
        channel.send(asked, types.LoadResponse)
    assert refused.value.code == 2
    channel.stop()
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, 0)
