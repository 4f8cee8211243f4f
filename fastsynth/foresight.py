"""What jsii answered when this program ran last, so that a program need not wait for what it will answer again.

A construct's reference and a token's text follow from the requests before
them. As long as a run asks what the last one asked, but for the arguments of
a construct, the program goes on with the answers of the last run while Node
works the same out again. Every answer is compared when it comes, at the
latest before the synthesis and before the program ends: what is synthesised
never depends on what was remembered.

Only the construct tree and generated bindings are foreseen: they change
nothing but memory. Everything else, and all that failed last time, is waited
for, so an error is raised at the line that caused it.
"""

from __future__ import annotations

import hashlib
import json
import sys
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from jsii._kernel import types

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastsynth.cache import Cache

FOLDER: Final = "answers"
MOST_KEPT: Final = 50_000
"""Requests; a synthesis of 5,000 resources makes 14,000."""
MOST_PROGRAMS: Final = 50
"""Those that ran last; a program that is given a new folder each time is another one each time."""

TREE: Final = (
    "@cdktf/provider-",
    "constructs.",
    "cdktf.TerraformStack",
    "cdktf.TerraformOutput",
    "cdktf.TerraformVariable",
    "cdktf.TerraformLocal",
)
NODE: Final = "constructs.Node@"
LOOKED_UP: Final = frozenset({"path", "id", "addr"})
"""Texts of the construct tree, which is no other for the same requests; other texts may come from the environment."""
HARMLESS: Final = frozenset({"tryFindChild", "addOverride", "get"})
FORM: Final = "2"
"""Of what is kept; another one is not read."""
REFERENCE: Final = b'"$jsii.byref"'
TOKEN: Final = b"{TfToken[TOKEN."


class Exchange(NamedTuple):
    """One request and what became of it."""

    request: int
    """Checksum."""
    place: int
    """Checksum of the request without what may change and leave all that follows as it was."""
    answer: int
    """Checksum."""
    text: str | None
    """The answer, where it may be foreseen."""


class Foresight:
    """The answers of the last run of one program, and those of this one."""

    def __init__(self, cache: Cache, program: Sequence[str]) -> None:
        self._cache = cache
        self._name = f"{FOLDER}/{hashlib.blake2b(repr([FORM, *program]).encode(), digest_size=16).hexdigest()}"
        self._last = self._remembered()
        self._now: list[Exchange] = []
        self._same = True
        self._exactly = bool(self._last)
        self._counted = True
        """Whether the tokens are known to be as many as in the last run; another argument may have made more."""

    def foreseen(self, request: object, line: bytes) -> bytes | None:
        """Return the answer that a request will get; None if it has to be waited for, and then told to `heard`."""
        at = len(self._now)
        if not self._same or at >= len(self._last):
            return None
        last = self._last[at]
        if last.request != crc32(line):
            self._exactly = False
            self._same = last.place == checksum_of_place(request, line)
            self._counted = False
            return None
        if last.text is None:
            return None
        answer = last.text.encode()
        if TOKEN in answer and not self._counted:
            return None
        self._now.append(last)
        return answer

    @property
    def as_before(self) -> bool:
        """Whether all that was asked so far is what the last run asked, and was answered alike."""
        return self._exactly and self._same and len(self._now) < len(self._last)

    def heard(self, request: object, line: bytes, answer: bytes) -> None:
        """Remember an answer that was waited for, and whether it still is that of the last run."""
        at = len(self._now)
        if at >= MOST_KEPT:
            return
        text = answer.decode() if may_be_foreseen(request, answer) else None
        made = Exchange(crc32(line), checksum_of_place(request, line), crc32(answer), text)
        self._same = self._same and at < len(self._last) and self._last[at].answer == made.answer
        self._counted = self._counted or TOKEN in answer
        self._now.append(made)

    def forget(self) -> None:
        """Drop what was remembered: it does not hold."""
        self._cache.write(self._name, b"[]")
        self._now = []
        self._last = []

    def keep(self) -> None:
        """Remember this run for the next one, unless it only went part of the way of the last."""
        if self._now != self._last[: len(self._now)]:
            self._cache.write(self._name, json.dumps(self._now).encode())
            self._cache.keep_newest(FOLDER, MOST_PROGRAMS)
            self._last = self._now

    def _remembered(self) -> list[Exchange]:
        if self._cache.subfolder(FOLDER) is None or (body := self._cache.read(self._name)) is None:
            return []
        try:
            return list(starmap(Exchange, json.loads(body)))
        except (TypeError, ValueError):  # it is whole, but in another form
            return []


def program() -> list[str] | None:
    """Return what names the running program; None where nothing does, as in an interactive session."""
    script = Path(sys.argv[0]) if sys.argv else Path()
    return [str(script.resolve()), *sys.argv[1:]] if script.is_file() else None


def may_be_foreseen(request: object, answer: bytes) -> bool:
    """Tell whether the answer follows from the requests so far and nothing waits for what the request does."""
    if not answer.startswith(b'{"ok":'):
        return False
    made = answer.find(REFERENCE) >= 0 or answer.find(TOKEN) >= 0
    match request:
        case types.CreateRequest(fqn=kind, overrides=overrides):
            return made and of_the_tree(kind) and not overrides
        case types.GetRequest(objref=thing, property=name):
            return of_the_tree(thing.ref) and (made or (name in LOOKED_UP and thing.ref.startswith(NODE)))
        case types.InvokeRequest(objref=thing, method=name):
            return of_the_tree(thing.ref) and name in HARMLESS
    return False


def checksum_of_place(request: object, line: bytes) -> int:
    """Return the checksum of a request without a construct's own arguments, or the value of an override.

    What stays is where the construct is in the tree: its kind, its scope and its name.
    """
    match request:
        case types.CreateRequest(fqn=kind, args=[scope, name, *_]) if of_the_tree(kind):
            return crc32(f"{kind} {getattr(scope, 'ref', None)} {name}".encode())
        case types.InvokeRequest(objref=thing, method="addOverride"):
            return crc32(f"{thing.ref} addOverride".encode())
    return crc32(line)


def of_the_tree(name: str) -> bool:
    """Tell whether a type, or the type an object's reference begins with, changes nothing but memory."""
    return name.startswith(TREE)
