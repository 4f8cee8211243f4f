"""Waivers: findings that somebody answers for, until a date.

    - allow: single-zone-database
      on: dev/database/instance
      because: Development data is rebuilt from fixtures every night.
      owner: payments-platform
      until: 2027-03-31

A waiver that is expired, longer than a year, unused, or names a rule, a place
or a rule that must not be waived, is itself a finding.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from planproof.document import Document, Resource
from planproof.document.settings_of_plan import setting
from planproof.engine import Finding, Judgement
from planproof.errors import UserError
from planproof.rule import AnyRule, Rule, Severity, Violation

FILE: Final = "waivers.yaml"
KEYS: Final = ("allow", "on", "because", "owner", "until")
LONGEST: Final = timedelta(days=366)
HINT: Final = "a waiver says allow, on, because, owner and until (a date such as 2027-03-31), and nothing else"


class Waiver(Struct, frozen=True):
    """One sentence: allow this rule on this resource because of this, until then."""

    allow: str
    on: str
    because: str
    owner: str
    until: date
    source: str = FILE
    line: int = 0

    def covers(self, finding: Finding) -> bool:
        """Whether the finding is the one this waiver is about."""
        return finding.rule.id == self.allow and self.on in {finding.resource.origin, finding.resource.address}


def _nothing(*_: object) -> Iterator[Violation]:
    return iter(())


BAD_WAIVER: Final = Rule(
    module="planproof.bad_waiver",
    title="A waiver no longer says something true.",
    severity=Severity.HIGH,
    resources=("waiver",),
    why="A waiver that nobody needs or nobody renewed hides the next finding of the same kind.",
    fix="Remove the waiver, correct its words, or renew it with a reason that holds today.",
    docs="https://www.pcisecuritystandards.org/document_library/",
    controls=("pci-dss-4.0.1/1.2.7", "pci-dss-4.0.1/2.2.1"),
    check=_nothing,
    mutations=(),
    waivable=False,
)


def read(file: Path) -> tuple[Waiver, ...]:
    """The waivers in a file. Raises `UserError` with every line that is not one."""
    import yaml  # noqa: PLC0415 - only runs with a waiver file pay for it

    try:
        tree = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise UserError(
            f"{file} cannot be read", error.strerror or "unreadable", hint="name a file that exists"
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UserError(
            f"{file} cannot be used", " ".join(str(error).split()), hint="write it as YAML, in UTF-8"
        ) from error
    if tree is None or (isinstance(tree, yaml.ScalarNode) and not tree.value):
        return ()
    if not isinstance(tree, yaml.SequenceNode):
        raise UserError(f"{file} cannot be used", "expected a list of waivers", hint=HINT)
    problems: list[str] = []
    found: list[Waiver] = []
    for node in tree.value:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.MappingNode):
            problems.append(f"line {line}: expected a waiver, got {node.value!r}")
            continue
        # As written: YAML 1.1 reads the word `on` as true.
        words = [(key.value, value.value if isinstance(value, yaml.ScalarNode) else None) for key, value in node.value]
        wrong = tuple(_problems(words, line))
        problems.extend(wrong)
        if not wrong:
            one = dict(words)
            until = date.fromisoformat(one.pop("until"))
            found.append(Waiver(**one, until=until, source=str(file), line=line))
    if problems:
        raise UserError(f"{file} cannot be used", *problems, hint=HINT)
    return tuple(found)


def _problems(words: Sequence[tuple[Any, Any]], line: int) -> Iterator[str]:
    keys = [key for key, _ in words]
    for key, value in words:
        if key not in KEYS:
            yield f"line {line}: {key}: no such word in a waiver, got {value!r}"
        elif keys.count(key) > 1:
            yield f"line {line}: {key}: said more than once, got {value!r}"
        elif not isinstance(value, str) or not value.strip():
            yield f"line {line}: {key}: expected some words, got {value!r}"
        elif key == "until" and not _is_date(value):
            yield f"line {line}: until: expected a date, got {value!r}"
    for key in KEYS:
        if key not in keys:
            yield f"line {line}: {key}: missing"


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def near(folder: Path) -> tuple[Waiver, ...]:
    """The waivers in a folder; none when there is no file."""
    file = folder / FILE
    return read(file) if file.is_file() else ()


class Waived(Struct, frozen=True):
    """A finding, and the waiver that answers for it."""

    finding: Finding
    waiver: Waiver


def apply(
    said: Judgement,
    waivers: Sequence[Waiver],
    documents: Sequence[Document],
    *,
    rules: Mapping[str, AnyRule],
    as_of: date,
    elsewhere: Collection[str] = (),
) -> tuple[list[Finding], list[Waived]]:
    """The findings that stay, those of bad waivers among them, and those that are waived.

    `rules` are the ones that were asked; `elsewhere` are environments that
    exist and were not loaded, of whose places nothing can be said.
    """
    kept: list[Finding] = []
    waived: list[Waived] = []
    used: set[Waiver] = set()
    valid = [one for one in waivers if not _invalid(one, rules, as_of)]
    for finding in said.findings:
        waiver = next((one for one in valid if one.covers(finding)), None) if finding.rule.waivable else None
        if waiver is None:
            kept.append(finding)
        else:
            waived.append(Waived(finding, waiver))
            used.add(waiver)
    open_questions = {
        (one.rule.id, place) for one in said.doubts for place in (one.resource.origin, one.resource.address)
    }
    for waiver in waivers:
        problem = _invalid(waiver, rules, as_of)
        if problem is None and waiver not in used and (waiver.allow, waiver.on) not in open_questions:
            problem = _unused(waiver, documents, elsewhere)
        if problem:
            kept.append(_finding(waiver, *problem, documents))
    return kept, waived


Problem = tuple[str, str, str]


def _invalid(waiver: Waiver, rules: Mapping[str, AnyRule], as_of: date) -> Problem | None:
    """The path, what was found and what was expected; None for a waiver that may be used."""
    rule = rules.get(waiver.allow)
    if rule is None:
        return "allow", f"{waiver.allow}, which is no rule", "the id of a rule"
    if not rule.waivable:
        return "allow", f"{waiver.allow}, which must never be waived", "a rule that may be waived"
    if waiver.until < as_of:
        return "until", f"{waiver.until}, which is past", f"{as_of} or later"
    if waiver.until - as_of > LONGEST:
        return "until", str(waiver.until), f"{as_of + LONGEST} or earlier: a waiver lasts a year at most"
    return None


def _unused(waiver: Waiver, documents: Sequence[Document], elsewhere: Collection[str]) -> Problem | None:
    if waiver.on.partition("/")[0] in elsewhere:
        return None
    places = (
        place
        for document in documents
        for one in (*document.settings, *document.resources)
        for place in (one.origin, one.address)
    )
    if waiver.on in places:
        return "on", f"{waiver.on}, where {waiver.allow} finds nothing", "a place that the rule finds wrong"
    return "on", f"{waiver.on}, which is nowhere", "the construct path or the address of a resource"


def _finding(waiver: Waiver, path: str, found: str, expected: str, documents: Sequence[Document]) -> Finding:
    body = {key: str(getattr(waiver, key)) for key in KEYS}
    bare = setting("waiver", waiver.allow, f"waiver.{waiver.allow}", body, None)
    place = Resource(
        address=bare.address,
        type=bare.type,
        name=bare.name,
        mode="setting",
        attributes=bare.attributes,
        origin=f"{waiver.source}: allow {waiver.allow} on {waiver.on}",
        file=waiver.source,
        line=waiver.line,
    )
    return Finding(BAD_WAIVER, place, documents[0], path, found, expected)
