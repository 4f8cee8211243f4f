"""Compiled bindings whose classes are made, and whose annotations are evaluated, when they are asked for.

Most of the time to import a namespace goes into classes that are never used
and into the type annotations of functions that are never called. Compiled as
if the file began with `from __future__ import annotations`, those stay text;
compiled in parts, each class is made on its first use. Python's own cache
cannot hold code compiled that way, so the code is kept in fastsynth's.
"""

from __future__ import annotations

import hashlib
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fastsynth.messages import refuse
from fastsynth.parts import Parts, run, split

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from fastsynth.cache import Cache

FORMAT: Final = b"fastsynth 3 " + MAGIC_NUMBER + sys.version.encode()


class Bytecode:
    """Code of modules, from the cache when the source has not changed since it was compiled."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self._got: dict[str, tuple[bytes, Parts]] = {}

    def get(self, path: str) -> Parts:
        """Return the code of a source file."""
        key = _key(path)
        kept = self.cache.read(_name(path))
        if kept is not None and kept[: len(key)] == key:
            parts = Parts.load(memoryview(kept)[len(key) :], path, lambda: _unchanged(path, key))
        else:
            parts = split(_unchanged(path, key), path, lambda: _unchanged(path, key))
        self._got[path] = key, parts
        return parts

    def keep(self) -> None:
        """Write what was compiled since to the cache."""
        for path, (key, parts) in self._got.items():
            if not parts.is_kept:
                self.cache.write(_name(path), key + parts.dump())
                parts.is_kept = True


def _name(path: str) -> str:
    return "python/" + hashlib.sha256(FORMAT + path.encode()).hexdigest()[:32]


def _key(path: str) -> bytes:
    found = Path(path).stat()
    stamp = FORMAT + f"{path} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}".encode()
    return hashlib.sha256(stamp).digest()


def _unchanged(path: str, key: bytes) -> bytes:
    """The source that a module was imported from."""
    source = Path(path).read_bytes()
    if _key(path) != key:
        refuse("the synthesis was stopped", f"{path} was changed while the program ran", hint="run it again")
    return source


class Loader(SourceFileLoader):
    """Python's own loader of a source file, but for where the code comes from, and who is told after."""

    def __init__(self, name: str, path: str, bytecode: Bytecode, announce: Callable[[ModuleType], None] | None) -> None:
        super().__init__(name, path)
        self._bytecode = bytecode
        self._announce = announce

    def exec_module(self, module: ModuleType) -> None:
        """Run the module."""
        run(self._bytecode.get(self.path), module)
        if self._announce is not None:
            self._announce(sys.modules[module.__name__])
