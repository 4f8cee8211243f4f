"""Compiled bindings whose annotations are evaluated when they are asked for.

Most of the time to import a namespace goes into building the type annotations
of functions that are never called. Compiled as if the file began with `from
__future__ import annotations`, they stay text. Python's own cache cannot hold
code compiled that way, so the code is kept in fastsynth's.
"""

from __future__ import annotations
import __future__

import hashlib
import marshal
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, ModuleType

    from fastsynth.cache import Cache

FORMAT: Final = b"fastsynth 1 " + MAGIC_NUMBER + sys.version.encode()
LATE_ANNOTATIONS: Final = __future__.annotations.compiler_flag


class Bytecode:
    """Code of modules, from the cache when the source has not changed since it was compiled."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache

    def get(self, path: str) -> CodeType:
        """Return the code of a source file."""
        found = Path(path).stat()
        stamp = FORMAT + f"{path} {found.st_size} {found.st_mtime_ns} {found.st_ctime_ns}".encode()
        key = hashlib.sha256(stamp).digest()
        name = "python/" + hashlib.sha256(path.encode()).hexdigest()[:32]
        kept = self.cache.read(name)
        if kept is not None and kept[: len(key)] == key:
            code: CodeType = marshal.loads(kept[len(key) :])  # noqa: S302 - ours: owner, mode and checksum were right
            return code
        code = compile(Path(path).read_bytes(), path, "exec", flags=LATE_ANNOTATIONS, dont_inherit=True)
        self.cache.write(name, key + marshal.dumps(code))
        return code


class Loader(SourceFileLoader):
    """Python's own loader of a source file, but for where the code comes from, and who is told after."""

    def __init__(self, name: str, path: str, bytecode: Bytecode, announce: Callable[[ModuleType], None] | None) -> None:
        super().__init__(name, path)
        self._bytecode = bytecode
        self._announce = announce

    def get_code(self, _fullname: str) -> CodeType:
        """Return the code of the module."""
        return self._bytecode.get(self.path)

    def exec_module(self, module: ModuleType) -> None:
        """Run the module."""
        super().exec_module(module)
        if self._announce is not None:
            self._announce(sys.modules[module.__name__])
