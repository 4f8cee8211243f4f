"""A module's source, taken apart into its classes and functions and the rest.

What tools generate is taken apart as text: a class begins in the first column and
goes on with lines that are indented, which takes a hundredth of the time to parse
them. Where that cannot be right, Python's own parser takes the module apart.
"""

from __future__ import annotations
import __future__

import ast
import re
from collections import Counter
from types import CodeType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

LATE_ANNOTATIONS: Final = __future__.annotations.compiler_flag
MADE_LATER: Final = (ast.ClassDef, ast.FunctionDef)
INDENTED: Final = rb"(?:(?:[ \t)][^\n]*)?\n)*"
"""Lines that go on with what began in the first column, the end of a bracket among them."""
DEFINITION: Final = re.compile(
    rb"^(?:@[^\n]*\n" + INDENTED + rb")*(?:class|def) (\w+)[^\n]*(?:\n|\Z)" + INDENTED, re.MULTILINE
)
QUOTES: Final = (b'"""', b"'''")
BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
OTHER_ENCODING: Final = re.compile(rb"(?:[^\n]*\n)?[^\n]*#[^\n]*coding[:=]")


class Text(NamedTuple):
    """Where the text of a class or function lies in its file."""

    begin: int
    end: int
    line: int
    """The number of its first line, less one."""


class Outline(NamedTuple):
    """A module without its classes and functions."""

    whole: CodeType
    texts: dict[str, tuple[int, int, int]]
    """A `Text` for each name, as it is kept."""


def outline(source: bytes, path: str) -> Outline | None:
    """Take a module apart as text; None where only a parser can do it."""
    if source.startswith(BYTE_ORDER_MARK) or OTHER_ENCODING.match(source):
        return None
    found = list(DEFINITION.finditer(source))
    if any(match[0].count(quotes) % 2 for match in found for quotes in QUOTES):
        return None  # a text goes on in the first column
    times = Counter(match[1].decode() for match in found)
    late = [match for match in found if times[match[1].decode()] == 1]
    try:
        bound = _bound(ast.parse(_blanked(source, late), path))
        late = [match for match in late if match[1].decode() not in bound]
        whole = _compiled(_blanked(source, late), path)
    except SyntaxError:
        return None
    return Outline(whole, _texts(source, late))


def compiled(source: bytes, text: Text, path: str) -> CodeType | None:
    """The code of one class or function, with the numbers that its lines have in the file; None where it is none."""
    try:
        return _moved(_compiled(source[text.begin : text.end], path), text.line)
    except SyntaxError:
        return None


def parsed(source: bytes, path: str) -> tuple[CodeType, dict[str, CodeType]]:
    """The code of a module without its classes and functions, and theirs.

    What is defined more than once under a name stays in the module, and what the module binds otherwise too.
    """
    tree = ast.parse(source, path)
    times = Counter(node.name for node in tree.body if isinstance(node, MADE_LATER))
    bound = _bound(ast.Module([node for node in tree.body if not isinstance(node, MADE_LATER)], []))
    late = {
        node.name: node
        for node in tree.body
        if isinstance(node, MADE_LATER) and times[node.name] == 1 and node.name not in bound
    }
    stay = [node for node in tree.body if node not in late.values()]
    parts = {name: _compiled(ast.Module([node], []), path) for name, node in late.items()}
    return _compiled(ast.Module(stay, []), path), parts


def _bound(tree: ast.Module) -> set[str]:
    """The names that a module without its definitions gives something."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _blanked(source: bytes, taken: Iterable[re.Match[bytes]]) -> bytes:
    """The source with empty lines for what is taken out."""
    pieces, at = [], 0
    for match in taken:
        pieces += [source[at : match.start()], b"\n" * match[0].count(b"\n")]
        at = match.end()
    return b"".join([*pieces, source[at:]])


def _texts(source: bytes, late: Iterable[re.Match[bytes]]) -> dict[str, tuple[int, int, int]]:
    texts, line, at = {}, 0, 0
    for match in late:
        line += source.count(b"\n", at, match.start())
        at = match.start()
        texts[match[1].decode()] = (at, match.end(), line)
    return texts


def _moved(code: CodeType, lines: int) -> CodeType:
    """The code as if its text began so many lines further down; all other line numbers in it follow from the first."""
    constants = tuple(_moved(value, lines) if isinstance(value, CodeType) else value for value in code.co_consts)
    return code.replace(co_firstlineno=code.co_firstlineno + lines, co_consts=constants)


def _compiled(body: bytes | ast.Module, path: str) -> CodeType:
    code: CodeType = compile(body, path, "exec", flags=LATE_ANNOTATIONS, dont_inherit=True)
    return code
