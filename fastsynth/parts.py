"""Modules whose classes and functions are made when they are first used.

A namespace of a provider holds a class for every block that a resource can
have, and a function for every signature; a program uses a few of them. So a
module's code is kept in parts, and each class and function is a part that
runs when its name is looked up: by a program in the module, by generated code
among its globals, or by jsii in its register of types.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import marshal
import sys
from collections import Counter
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from types import CodeType, ModuleType

LATE_ANNOTATIONS: Final = __future__.annotations.compiler_flag
SIZE_BYTES: Final = 4
MADE_LATER: Final = (ast.ClassDef, ast.FunctionDef)
making: Final = RLock()
"""Held while a part runs: a class must not be made twice."""


class Parts(NamedTuple):
    """The code of one module."""

    whole: CodeType
    """What runs when the module is imported."""
    places: dict[str, tuple[int, int]]
    """Where the code of each class and function begins and ends, by its name."""
    code: memoryview
    """All that code, marshalled."""

    def dump(self) -> bytes:
        """The parts as bytes, for `load`."""
        head = marshal.dumps((self.whole, self.places))
        return len(head).to_bytes(SIZE_BYTES, "big") + head + self.code

    @staticmethod
    def load(kept: memoryview) -> Parts:
        """The parts from their bytes, which are kept and not copied."""
        end = SIZE_BYTES + int.from_bytes(kept[:SIZE_BYTES], "big")
        whole, places = marshal.loads(kept[SIZE_BYTES:end])  # noqa: S302 - ours: owner, mode and checksum were right
        return Parts(whole, places, kept[end:])

    def part(self, name: str) -> CodeType:
        """The code of one class or function."""
        begin, end = self.places[name]
        code: CodeType = marshal.loads(self.code[begin:end])  # noqa: S302 - likewise
        return code


def split(source: bytes, path: str) -> Parts:
    """Compile a module in parts. What is defined more than once under a name stays in the whole."""
    tree = ast.parse(source, path)
    defined = Counter(node.name for node in tree.body if isinstance(node, MADE_LATER))
    bound = {
        node.id for node in ast.walk(_without(tree)) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    late = {name for name, times in defined.items() if times == 1} - bound
    code = bytearray()
    places: dict[str, tuple[int, int]] = {}
    stay: list[ast.stmt] = []
    for node in tree.body:
        if isinstance(node, MADE_LATER) and node.name in late:
            begin = len(code)
            code += marshal.dumps(_compiled([node], path))
            places[node.name] = (begin, len(code))
        else:
            stay.append(node)
    return Parts(_compiled(stay, path), places, memoryview(bytes(code)))


def _without(tree: ast.Module) -> ast.Module:
    """The module without the bodies of what may be made later."""
    return ast.Module([node for node in tree.body if not isinstance(node, MADE_LATER)], [])


def _compiled(body: list[ast.stmt], path: str) -> CodeType:
    code: CodeType = compile(ast.Module(body, []), path, "exec", flags=LATE_ANNOTATIONS, dont_inherit=True)
    return code


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
            if name not in self._parts.places:
                return builtins.__dict__[name]
            exec(self._parts.part(name), self._found)  # noqa: S102 - as importing the module would
            return self._found[name]


def run(parts: Parts, module: ModuleType) -> None:
    """Import a module: run what is not made later, and let its names be found."""
    found = module.__dict__
    names = found["__builtins__"] = Names(found, parts)
    exec(parts.whole, found)  # noqa: S102 - likewise
    shown = sys.modules[module.__name__]  # generated modules put one with only their public names in their place
    _open(module, names, frozenset(parts.places))
    if shown is not module:
        _open(shown, names, parts.places.keys() & shown.__all__)


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
