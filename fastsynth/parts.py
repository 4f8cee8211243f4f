"""Modules whose classes and functions are made when they are first used.

A namespace of a provider holds a class for every block that a resource can
have, and a function for every signature; a program uses a few of them. So a
module's code is kept in parts, and each class and function is a part that
runs when its name is looked up: by a program in the module, by generated code
among its globals, or by jsii in its register of types. It is compiled then, too,
the first time, and its code is kept.
"""

from __future__ import annotations

import builtins
import marshal
import sys
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from fastsynth.splitting import Text, compiled, outline, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet
    from types import CodeType, ModuleType

SIZE_BYTES: Final = 4
making: Final = RLock()
"""Held while a part runs: a class must not be made twice."""


class Parts:
    """The code of one module: of what was ever used compiled, and of the rest where its text lies."""

    def __init__(
        self,
        whole: CodeType,
        texts: dict[str, tuple[int, int, int]],
        code: Mapping[str, bytes | memoryview],
        path: str,
        read: Callable[[], bytes],
    ) -> None:
        self.whole = whole
        """What runs when the module is imported."""
        self.names = frozenset({*texts, *code})
        self.is_kept = False
        """Whether `load` could bring all that is here."""
        self._texts = texts
        self._code: dict[str, bytes | memoryview] = dict(code)
        self._path = path
        self._read = read
        self._source: bytes | None = None

    def dump(self) -> bytes:
        """The parts as bytes, for `load`."""
        places, end = {}, 0
        for name, code in self._code.items():
            places[name] = (end, end := end + len(code))
        head = marshal.dumps((self.whole, self._texts, places))
        return b"".join([len(head).to_bytes(SIZE_BYTES, "big"), head, *self._code.values()])

    @staticmethod
    def load(kept: memoryview, path: str, read: Callable[[], bytes]) -> Parts:
        """The parts from their bytes, which are kept and not copied; `read` gives the source if it is needed."""
        end = SIZE_BYTES + int.from_bytes(kept[:SIZE_BYTES], "big")
        whole, texts, places = marshal.loads(kept[SIZE_BYTES:end])  # noqa: S302 - ours: owner, mode and checksum were right
        code = {name: kept[end + first : end + last] for name, (first, last) in places.items()}
        parts = Parts(whole, texts, code, path, read)
        parts.is_kept = True
        return parts

    def part(self, name: str) -> CodeType:
        """The code of one class or function."""
        if (kept := self._code.get(name)) is not None:
            code: CodeType = marshal.loads(kept)  # noqa: S302 - likewise
            return code
        source = self._source = self._source or self._read()
        made = compiled(source, Text(*self._texts[name]), self._path) or parsed(source, self._path)[1][name]
        self._code[name] = marshal.dumps(made)
        self.is_kept = False
        return made


def split(source: bytes, path: str, read: Callable[[], bytes]) -> Parts:
    """A module in parts, none of them compiled yet where its text is as generated."""
    if (found := outline(source, path)) is not None:
        return Parts(found.whole, found.texts, {}, path, read)
    whole, parts = parsed(source, path)
    return Parts(whole, {}, {name: marshal.dumps(code) for name, code in parts.items()}, path, read)


class Names(dict[str, Any]):
    """The builtins of one module, where names are looked up last: here what is not made yet is made."""

    def __init__(self, found: dict[str, Any], parts: Parts) -> None:
        super().__init__(builtins.__dict__)
        self._found = found
        self._parts = parts

    def __missing__(self, name: str) -> Any:
        with making:
            if name in self._found:
                return self._found[name]
            if name not in self._parts.names:
                return builtins.__dict__[name]
            exec(self._parts.part(name), self._found)  # noqa: S102 - as importing the module would
            return self._found[name]


def run(parts: Parts, module: ModuleType) -> None:
    """Import a module: run what is not made later, and let its names be found."""
    found = module.__dict__
    names = found["__builtins__"] = Names(found, parts)
    exec(parts.whole, found)  # noqa: S102 - likewise
    shown = sys.modules[module.__name__]  # generated modules put one with only their public names in their place
    _open(module, names, parts.names)
    if shown is not module:
        _open(shown, names, parts.names & set(shown.__all__))


def _open(module: ModuleType, names: Names, public: AbstractSet[str]) -> None:
    """Let a module's names be asked for, also those that are not made yet."""

    def get(name: str) -> Any:
        if name not in public:
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
        value = module.__dict__[name] = names[name]
        return value

    module.__dict__.update(__getattr__=get, __dir__=lambda: sorted({*module.__dict__, *public}))


def tell_jsii() -> None:
    """Let jsii make the class of a type that it meets before the program has used it."""
    from jsii import _reference_map  # noqa: PLC0415 - importing jsii takes time that --status does not need

    register: Any = _reference_map
    imported = register._try_import_type_module  # noqa: SLF001 - there is no public way

    def find(kind: str) -> bool:
        if not imported(kind):
            return False
        namespace, _, name = kind.rpartition(".")
        module = register._submodule_fqn_map.get(namespace) or register._assembly_to_module[kind.partition(".")[0]]  # noqa: SLF001
        getattr(sys.modules[module], name, None)
        return True

    register._try_import_type_module = find  # noqa: SLF001 - likewise
