"""The user's cache folder: what fastsynth keeps from one run to the next.

Only files that belong to the user, and that nobody else can write to, are
read. A file is written whole or not at all, carries a checksum, and may be
lost at any time. The folder is bounded: the files not used for longest go.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import zlib
from pathlib import Path
from typing import Final

from fastsynth.messages import note

LIMIT_BYTES: Final = 512 * 1024 * 1024
KEPT: Final = ("python/*", "answers/*", "node/*/*", "packages/*", "jsii/[!@]*/*", "jsii/@*/*/*")
CHECKSUM_BYTES: Final = 4
WRITABLE_BY_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH


class UnusableError(Exception):
    """The folder or a file in it must not be trusted, or cannot be used; its text says why."""


def location() -> Path:
    """Return the folder, which need not exist."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "fastsynth"


def trusted(path: Path, found: os.stat_result) -> None:
    """Raise UnusableError if anybody else may have written to what was found."""
    if found.st_uid != os.geteuid():
        raise UnusableError(f"{path} belongs to user {found.st_uid}")
    if found.st_mode & WRITABLE_BY_OTHERS:
        raise UnusableError(f"{path} can be written by others (mode {stat.S_IMODE(found.st_mode):04o})")


def prepare(folder: Path) -> None:
    """Make the folder, or raise UnusableError if the one that is there is not the user's alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise UnusableError(f"{folder} is not a folder")
    trusted(folder, found)


class Cache:
    """One opened folder. After the first trouble it neither reads nor writes, and has said why."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wrote = False
        self._usable = True
        try:
            prepare(folder)
            prepare(folder / "python")
        except (OSError, UnusableError) as trouble:
            self._give_up(trouble)

    def subfolder(self, name: str) -> Path | None:
        """Return a folder that another program may keep files in."""
        if not self._usable:
            return None
        try:
            prepare(self.folder / name)
        except (OSError, UnusableError) as trouble:
            self._give_up(trouble)
            return None
        return self.folder / name

    def read(self, name: str) -> bytes | None:
        """Return what was written under the name, or None when it is not there or not whole."""
        if not self._usable:
            return None
        path = self.folder / name
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        except OSError as trouble:
            self._give_up(trouble)
            return None
        with open(descriptor, "rb") as file:  # noqa: PTH123 - a descriptor has no path
            try:
                trusted(path, os.fstat(descriptor))
                content = file.read()
            except (OSError, UnusableError) as trouble:
                self._give_up(trouble)
                return None
        body = content[CHECKSUM_BYTES:]
        return body if content[:CHECKSUM_BYTES] == checksum(body) else None

    def write(self, name: str, body: bytes) -> None:
        """Keep the bytes under the name, whole or not at all."""
        if not self._usable:
            return
        try:
            with tempfile.NamedTemporaryFile(dir=(self.folder / name).parent, prefix=".new-", delete=False) as file:
                try:
                    file.write(checksum(body) + body)
                    file.close()
                    Path(file.name).replace(self.folder / name)
                except BaseException:
                    Path(file.name).unlink(missing_ok=True)
                    raise
        except OSError as trouble:
            self._give_up(trouble)
        else:
            self.wrote = True

    def keep_newest(self, name: str, most: int) -> None:
        """Remove the oldest files of a folder, until no more than `most` are left."""
        with contextlib.suppress(OSError):
            files = sorted((self.folder / name).iterdir(), key=lambda path: path.lstat().st_mtime_ns)
            for path in files[: max(len(files) - most, 0)]:
                clear(path)

    def trim(self, limit: int = LIMIT_BYTES) -> None:
        """Remove the oldest of what was kept until the rest is within the limit."""
        with contextlib.suppress(OSError):
            kept = sorted((path.lstat().st_mtime_ns, size_of(path), path) for path in kept_in(self.folder))
            total = sum(size for _, size, _ in kept)
            for _, size, path in kept:
                if total <= limit:
                    break
                clear(path)
                total -= size

    def _give_up(self, trouble: Exception) -> None:
        self._usable = False
        reason = trouble.strerror if isinstance(trouble, OSError) and trouble.strerror else trouble
        note(f"works without its cache {self.folder}: {reason}")


def checksum(body: bytes) -> bytes:
    """Return what tells a whole file from a damaged one."""
    return zlib.crc32(body).to_bytes(CHECKSUM_BYTES, "big")


def kept_in(folder: Path) -> list[Path]:
    """Return what can be removed alone: a file of Python's or Node's code, or one whole package."""
    return [path for pattern in KEPT for path in folder.glob(pattern)]


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of everything in a folder; 0 if it is not there."""
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISDIR(path.lstat().st_mode):
            return sum(size_of(entry) for entry in path.iterdir())
        return path.lstat().st_size
    return 0


def clear(path: Path) -> None:
    """Remove a file, or a folder and everything in it; nothing happens if it is not there."""
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISDIR(path.lstat().st_mode):
            shutil.rmtree(path)
        else:
            path.unlink()
