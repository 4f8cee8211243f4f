"""The rules as one page of Markdown, written from what each says about itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from planproof.frameworks import controls
from planproof.rule import only

if TYPE_CHECKING:
    from planproof.rule import AnyRule

HEAD: Final = """\
# Rules

Generated from the rules by `make docs`: change `planproof/rules/`, not this page.
`planproof explain ID` says the same about one rule, and names the faults that prove it.
"""
SPECIAL: Final = str.maketrans({letter: f"\\{letter}" for letter in "\\*<>|[]"})


def page(rules: Sequence[AnyRule]) -> str:
    """The list of the rules, worst first, then each in full by id."""
    return "\n".join((HEAD, *_list(rules), *_details(rules)))


def _list(rules: Sequence[AnyRule]) -> Iterator[str]:
    ranked = sorted(rules, key=lambda rule: (-rule.severity, rule.id))
    for severity, found in groupby(ranked, lambda rule: rule.severity):
        members = tuple(found)
        yield f"## {str(severity).capitalize()}: {len(members)}\n"
        yield "| Rule | Finds |\n| --- | --- |"
        yield from (f"| [{rule.id}](#{rule.id}) | {_prose(rule.sentence)} |" for rule in members)
        yield ""


def _details(rules: Sequence[AnyRule]) -> Iterator[str]:
    known = controls()
    yield "## Each rule\n"
    for rule in sorted(rules, key=lambda one: one.id):
        yield f"### {rule.id}\n"
        yield f"{_prose(rule.sentence)}\n"
        yield f"- Severity: {rule.severity}{'' if rule.waivable else ', never waivable'}"
        yield f"- Judges: {', '.join(f'`{kind}`' for kind in rule.resources)}{only(rule)}"
        yield f"- Why: {_prose(rule.why)}"
        yield f"- Fix: {_prose(rule.fix)}"
        for control in rule.controls:
            yield f"- Control: {control}: {_prose(known[control])}"
        yield f"- Docs: <{rule.docs}>\n"


def _prose(text: str) -> str:
    """Words that Markdown shows as they were written; what stands in backticks is left alone."""
    parts = " ".join(text.split()).split("`")
    return "`".join(part if number % 2 else part.translate(SPECIAL) for number, part in enumerate(parts))
