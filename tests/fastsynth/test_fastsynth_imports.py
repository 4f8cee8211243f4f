"""Packages are imported as Python would, but for what is not needed."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from fastsynth.bytecode import Bytecode
from fastsynth.cache import Cache
from fastsynth.roots import Finder

PACKAGE = "cdktf_cdktf_provider_example"
NAMESPACE = '''"""A namespace."""
__all__ = ["Thing"]


class Thing:
    def name(self) -> Missing:
        return "a thing"
'''


@pytest.fixture
def announced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A provider of three namespaces is installed; the list tells which were imported."""
    folder = tmp_path / PACKAGE
    for namespace in ("_jsii", "vpc", "s3_bucket_policy", "__pycache__"):
        (folder / namespace).mkdir(parents=True)
        (folder / namespace / "__init__.py").write_text(NAMESPACE)
    (folder / "__init__.py").write_text("raise AssertionError('the whole provider is imported')")
    (folder / "plain.py").write_text("value = 1")
    monkeypatch.syspath_prepend(tmp_path)
    names: list[str] = []

    def announce(module: ModuleType) -> None:
        names.append(module.__name__)

    monkeypatch.setattr(sys, "meta_path", [Finder(Bytecode(Cache(tmp_path / "cache")), announce), *sys.meta_path])
    yield names
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_namespaces_come_one_by_one(announced: list[str]) -> None:
    """The root package imports nothing; a namespace is imported by any of the usual ways, once."""
    root = importlib.import_module(PACKAGE)
    assert announced == []
    assert root.vpc is importlib.import_module(f"{PACKAGE}.vpc")
    assert root.__all__ == ["s3_bucket_policy", "vpc"]
    assert {"vpc", "s3_bucket_policy"} <= set(dir(root))
    assert announced == [f"{PACKAGE}.vpc"]
    with pytest.raises(AttributeError, match="has no attribute 'vpn'"):
        _ = root.vpn


def test_annotations_are_text(announced: list[str]) -> None:
    """A name that exists only in an annotation is no error until somebody asks for it."""
    vpc = importlib.import_module(f"{PACKAGE}.vpc")
    assert vpc.Thing.name.__annotations__ == {"return": "Missing"}
    assert vpc.__doc__ == "A namespace."
    assert announced


def test_jsii_finds_namespaces(announced: list[str]) -> None:
    """A type that JavaScript returns first is found by the name that jsii knows it by."""
    from jsii import _reference_map  # noqa: PLC0415 - after the fixture

    importlib.import_module(PACKAGE)
    known = _reference_map._submodule_fqn_map  # noqa: SLF001 - jsii's register
    assert known["@cdktf/provider-example.s3BucketPolicy"] == f"{PACKAGE}.s3_bucket_policy"
    assert announced == []


def test_other_files_are_pythons(announced: list[str]) -> None:
    """A module that is not a package, a missing one, and another root are left to Python."""
    assert importlib.import_module(f"{PACKAGE}.plain").value == 1
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(f"{PACKAGE}.nothing")
    assert announced == []


def test_changed_layout(announced: list[str], tmp_path: Path) -> None:
    """A provider without jsii's folder is imported as it is."""
    (tmp_path / PACKAGE / "_jsii").rename(tmp_path / "away")
    with pytest.raises(AssertionError, match="whole provider"):
        importlib.import_module(PACKAGE)
    assert announced == []


SOURCE = """\
class Answer:
    value = 1


class Other:
    pass
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A module with a class, and one more."""
    file = tmp_path / "source.py"
    file.write_text(SOURCE)
    return file


def test_code_is_kept(tmp_path: Path, source: Path) -> None:
    """What was used once is compiled once, whichever run that was; the rest waits for the run that needs it."""
    cache, path = Cache(tmp_path / "cache"), str(source)
    first = Bytecode(cache)
    answer = first.get(path).part("Answer")
    first.keep()
    (kept,) = (tmp_path / "cache/python").iterdir()
    size, inode = kept.stat().st_size, kept.stat().st_ino

    second = Bytecode(cache)
    assert second.get(path).part("Answer") == answer
    second.keep()
    assert kept.stat().st_ino == inode

    third = Bytecode(cache)
    third.get(path).part("Other")
    third.keep()
    assert kept.stat().st_size > size
    assert Bytecode(cache).get(path).part("Answer") == answer


def test_code_of_another_source_is_not_used(tmp_path: Path, source: Path) -> None:
    """A provider that was upgraded in place is compiled anew, also within one tick of the clock."""
    bytecode = Bytecode(Cache(tmp_path / "cache"))
    before, stamp = bytecode.get(str(source)).part("Answer"), source.stat()
    bytecode.keep()
    source.write_text(SOURCE.replace("1", "2"))
    os.utime(source, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    assert bytecode.get(str(source)).part("Answer") != before


def test_a_source_that_changes_meanwhile_stops_the_run(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half of one version of a provider and half of another is a synthesis that nobody wrote."""
    parts = Bytecode(Cache(tmp_path / "cache")).get(str(source))
    source.write_text("class Answer:\n    value = 22\n")

    with pytest.raises(SystemExit) as ended:
        parts.part("Answer")

    assert ended.value.code == 2
    assert capsys.readouterr().err == (
        f"the synthesis was stopped\n  {source} was changed while the program ran\n\nhint: run it again\n"
    )
