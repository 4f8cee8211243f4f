"""What is kept is whole, ours and bounded; what is not is not read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fastsynth import node
from fastsynth.__main__ import main
from fastsynth.cache import Cache, clear, location, size_of


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    return Cache(tmp_path / "cache")


def test_what_is_written_is_read(cache: Cache) -> None:
    """The bytes come back, and only under their name."""
    cache.write("python/one", b"content")
    assert cache.read("python/one") == b"content"
    assert cache.read("python/two") is None
    assert cache.wrote
    assert [path.name for path in (cache.folder / "python").iterdir()] == ["one"]


@pytest.mark.parametrize("kept", [b"", b"abc", b"\0\0\0\0content"])
def test_damaged_file_is_not_read(cache: Cache, kept: bytes) -> None:
    """A file that is not what was written is as good as none."""
    (cache.folder / "python/one").write_bytes(kept)
    assert cache.read("python/one") is (b"" if kept == b"\0\0\0\0" else None)


def test_file_that_others_can_write_to(cache: Cache, capsys: pytest.CaptureFixture[str]) -> None:
    """Such a file is not read, and nothing else is: whoever could do that could do more."""
    cache.write("python/one", b"content")
    cache.write("python/two", b"content")
    (cache.folder / "python/one").chmod(0o666)
    assert cache.read("python/one") is None
    assert cache.read("python/two") is None
    assert capsys.readouterr().err == (
        f"fastsynth: works without its cache {cache.folder}: "
        f"{cache.folder}/python/one can be written by others (mode 0666)\n"
    )


def test_link_is_not_followed(cache: Cache, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A link could lead to a file that somebody else chose."""
    (tmp_path / "elsewhere").write_bytes(b"")
    (cache.folder / "python/one").symlink_to(tmp_path / "elsewhere")
    assert cache.read("python/one") is None
    assert "works without its cache" in capsys.readouterr().err


def test_folder_of_somebody_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that belongs to another user is neither read nor written; it is said once."""
    (tmp_path / "cache").mkdir(mode=0o700)
    owner = (tmp_path / "cache").stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    cache = Cache(tmp_path / "cache")
    cache.write("python/one", b"content")
    assert cache.read("python/one") is None
    assert cache.subfolder("node") is None
    assert not cache.wrote
    assert capsys.readouterr().err == (
        f"fastsynth: works without its cache {cache.folder}: {cache.folder} belongs to user {owner}\n"
    )


def test_folder_that_is_a_link(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The folder itself must not be a link either."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "cache").symlink_to(tmp_path / "elsewhere")
    assert Cache(tmp_path / "cache").subfolder("node") is None
    assert "is not a folder" in capsys.readouterr().err


def test_subfolder_that_cannot_be_made(cache: Cache, capsys: pytest.CaptureFixture[str]) -> None:
    """A file in the way ends the use of the cache."""
    (cache.folder / "node").write_text("")
    assert cache.subfolder("node") is None
    assert cache.subfolder("packages") is None
    assert capsys.readouterr().err == f"fastsynth: works without its cache {cache.folder}: File exists\n"


def test_write_that_fails_leaves_nothing(cache: Cache, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that is taken by a folder cannot be written; no half-written file stays."""
    (cache.folder / "python/one/inside").mkdir(parents=True)
    cache.write("python/one", b"content")
    assert not cache.wrote
    assert [path.name for path in (cache.folder / "python").iterdir()] == ["one"]
    assert "works without its cache" in capsys.readouterr().err


def test_oldest_go_first(cache: Cache) -> None:
    """The folder stays within its limit; a package goes as a whole."""
    package = cache.folder / "packages" / "old"
    package.mkdir(parents=True)
    (package / "code.js").write_bytes(bytes(1000))
    os.utime(package, (1, 1))
    for age, name in enumerate(("older", "newer"), start=2):
        cache.write(f"python/{name}", bytes(96))
        os.utime(cache.folder / "python" / name, (age, age))
    cache.trim(limit=1200)
    assert package.exists()
    cache.trim(limit=150)
    assert not package.exists()
    assert [path.name for path in (cache.folder / "python").iterdir()] == ["newer"]


def test_trimming_what_is_gone(tmp_path: Path) -> None:
    """Another process may have removed everything."""
    cache = Cache(tmp_path / "cache")
    clear(cache.folder)
    clear(cache.folder)
    cache.trim()
    assert size_of(cache.folder) == 0


def test_location(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is where the user keeps caches."""
    monkeypatch.setenv("XDG_CACHE_HOME", "/caches")
    assert location() == Path("/caches/fastsynth")
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert location() == Path("/home/somebody/.cache/fastsynth")


def test_clear_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One command removes everything that is kept, and can be given twice."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    Cache(location()).write("python/one", b"content")
    assert main(["--clear-cache"]) == 0
    assert main(["--clear-cache"]) == 0
    assert capsys.readouterr().out == f"removed {tmp_path}/fastsynth\n" * 2
    assert list(tmp_path.iterdir()) == []


def test_clear_cache_that_cannot_be_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said in one message; root may remove anything, so a file is in the way."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert main(["--clear-cache"]) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path}/file/fastsynth cannot be removed\n  Not a directory\n\nhint: remove it by hand\n"
    )


def test_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It says whether it is on, with what, and how much is kept where."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("JSII_NODE", "/bin/sh")
    monkeypatch.delenv("FASTSYNTH", raising=False)
    Cache(location()).write("python/one", bytes(1_048_572))
    assert main(["--status"]) == 0
    assert capsys.readouterr().out == (
        f"state  on\njsii   tested with 1.142.0\nnode   /bin/sh\ncache  {tmp_path}/fastsynth, 1.0 MiB\n"
    )
    monkeypatch.setenv("FASTSYNTH", "off")
    monkeypatch.setenv("JSII_NODE", "/nowhere")
    main(["--status"])
    said = capsys.readouterr().out
    assert said.startswith("state  off: FASTSYNTH=off\n")
    assert "node   none found\n" in said


def test_status_where_it_is_off(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The reason is the one that a program would be given."""
    monkeypatch.setattr(node, "TESTED_JSII", ("0.1",))
    main(["--status"])
    assert capsys.readouterr().out.startswith("state  off: jsii 1.142.0 is not one of the tested versions (0.1)\n")
