"""Exact questions about IAM patterns, where `*` is any text and `?` is any one character.

Each pattern becomes an automaton whose states are the bits of one integer; a product of automata is
searched for the shortest text that some patterns match and others do not. No text found means no text
exists: the search leaves out only states that a visited state stands for, so the answer is a proof and
not a sample.

Source of the grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
(`*` may also cross the colons of an ARN when it ends a segment, so it is never stopped by a colon here).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Places = tuple[int, ...]  # one bit for each pattern to match
States = tuple[int, ...]  # all bits for each pattern to avoid
Search = tuple[Places, States, str]

OTHER: Final = "~"  # stands for every character that no pattern of the question names


class Automaton(Struct, frozen=True):
    """A pattern read from left to right; bit n of a state says that n characters of it may be matched."""

    steps: tuple[tuple[str, int], ...]  # character -> the bits from which it leads one further
    any_step: int  # bits of `?`
    loops: int  # bits at which a `*` stays
    accept: int

    def after(self, state: int, character: str) -> int:
        """Give the state after one more character; 0 when the text can no longer match."""
        taken = self.any_step
        for named, bits in self.steps:
            if named == character:
                taken |= bits
                break
        reached = ((state & taken) << 1) | (state & self.loops)
        looping = reached & self.loops
        # Whatever an earlier bit could still match, the last `*` reached matches too: forget those bits.
        return reached & -(1 << (looping.bit_length() - 1)) if looping else reached


@lru_cache(maxsize=65_536)
def automaton(pattern: str) -> Automaton:
    """Compile a pattern."""
    steps: dict[str, int] = {}
    any_step = loops = 0
    bit = 1
    for character in pattern:
        if character == "*":
            loops |= bit
            continue
        if character == "?":
            any_step |= bit
        else:
            steps[character] = steps.get(character, 0) | bit
        bit <<= 1
    return Automaton(steps=tuple(steps.items()), any_step=any_step, loops=loops, accept=bit)


def witness(matching: Iterable[str], avoiding: Iterable[str] = ()) -> str | None:
    """Give a shortest text that every pattern of `matching` and no pattern of `avoiding` matches.

    None is a proof that there is no such text. `~` in the answer stands for any character in no pattern.
    """
    wanted = [automaton(pattern) for pattern in matching]
    unwanted = [automaton(pattern) for pattern in avoiding]
    alphabet = _alphabet([*wanted, *unwanted])
    known: dict[Places, list[States]] = {}
    level = [(tuple(1 for _ in wanted), tuple(1 for _ in unwanted), "")]
    while level := _smallest(level, known):
        following = []
        for places, avoided, text in level:
            if all(p == a.accept for p, a in zip(places, wanted, strict=True)) and not any(
                s & a.accept for s, a in zip(avoided, unwanted, strict=True)
            ):
                return text
            for character in alphabet:
                choices = [_bits(a.after(p, character)) for a, p in zip(wanted, places, strict=True)]
                left = tuple(a.after(s, character) for a, s in zip(unwanted, avoided, strict=True))
                following += [(reached, left, text + character) for reached in product(*choices)]
        level = following
    return None


def _smallest(level: list[Search], known: dict[Places, list[States]]) -> list[Search]:
    """Keep the states inside which no other lies: a smaller one leaves open whatever a larger one does."""
    kept = []
    for search in sorted(level, key=lambda s: sum(state.bit_count() for state in s[1])):
        places, avoided, _ = search
        smaller = known.setdefault(places, [])
        if not any(all(k & s == k for k, s in zip(other, avoided, strict=True)) for other in smaller):
            smaller.append(avoided)
            kept.append(search)
    return kept


def _bits(state: int) -> list[int]:
    found = []
    while state:
        lowest = state & -state
        found.append(lowest)
        state ^= lowest
    return found


def _alphabet(automata: list[Automaton]) -> list[str]:
    named = {character for a in automata for character, _ in a.steps}
    other = next(c for c in _candidates() if c not in named)
    return [*sorted(named), other]


def _candidates() -> Iterator[str]:
    yield OTHER
    yield from map(chr, range(0xE000, 0xF8FF))


def matches(pattern: str, text: str) -> bool:
    """Tell whether the pattern matches exactly this text (`*` and `?` in the text are plain characters)."""
    start = literal_start(pattern)
    if not text.startswith(start):
        return False
    if len(start) == len(pattern):
        return len(text) == len(start)
    if pattern[len(start) :] == "*":
        return True
    compiled = automaton(pattern)
    state = 1
    for character in text:
        state = compiled.after(state, character)
        if not state:
            return False
    return bool(state & compiled.accept)


@lru_cache(maxsize=65_536)
def literal_start(pattern: str) -> str:
    """Give what every text of the pattern begins with."""
    return re.split(r"[*?]", pattern, maxsplit=1)[0]


def _conflict(one: str, other: str) -> bool:
    """Tell whether the beginnings of two patterns, or their ends, already differ: a proof of no common text."""
    for first, second in ((one, other), (one[::-1], other[::-1])):
        start, begin = literal_start(first), literal_start(second)
        shortest = min(len(start), len(begin))
        if start[:shortest] != begin[:shortest]:
            return True
    return False


def _escape(inner: str, outers: tuple[str, ...]) -> bool:
    """Try one text of `inner` whose free parts are in no pattern: not matched, it proves that `inner` escapes."""
    strange = next(c for c in _candidates() if all(c not in outer for outer in outers))
    free = strange * (max(map(len, outers), default=0) + 1)
    text = inner.replace("*", free).replace("?", strange)
    return not any(matches(outer, text) for outer in outers)


@lru_cache(maxsize=65_536)
def includes(outer: str | tuple[str, ...], inner: str) -> bool:
    """Tell whether every text of `inner` is matched by `outer` (by at least one pattern of a tuple)."""
    patterns = (outer,) if isinstance(outer, str) else outer
    if "*" in patterns or inner in patterns:
        return True
    if "*" not in inner and "?" not in inner:
        return any(matches(pattern, inner) for pattern in patterns)
    if _escape(inner, patterns):
        return False
    meeting = tuple(pattern for pattern in patterns if not _conflict(pattern, inner))
    start = min((len(literal_start(pattern)) for pattern in (inner, *meeting)), default=0)
    return witness((inner[start:],), [pattern[start:] for pattern in meeting]) is None


@lru_cache(maxsize=65_536)
def intersects(one: str, other: str) -> bool:
    """Tell whether some text is matched by both patterns."""
    if "*" in {one, other}:
        return True
    if "*" not in one and "?" not in one:
        return matches(other, one)
    if "*" not in other and "?" not in other:
        return matches(one, other)
    if _conflict(one, other):
        return False
    start = min(len(literal_start(one)), len(literal_start(other)))
    return witness((one[start:], other[start:])) is not None


def includes_action(outer: str, inner: str) -> bool:
    """Tell whether one action pattern covers another; action names have no case."""
    return includes(outer.lower(), inner.lower())


def intersects_action(one: str, other: str) -> bool:
    """Tell whether two action patterns name a common action; action names have no case."""
    return intersects(one.lower(), other.lower())
