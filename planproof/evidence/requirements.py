"""The status of each requirement, and why: from the answers of the rules that show it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from planproof.evidence.model import Answer, Requirement, RuleResult, Status


@cache
def beyond() -> Mapping[str, str]:
    """Why no rule shows a requirement, by its number."""
    found: Mapping[str, str] = json.loads(Path(__file__).with_name("beyond.json").read_text(encoding="utf-8"))
    return found


def requirement(number: str, text: str, results: Sequence[RuleResult], environments: Sequence[str]) -> Requirement:
    """One requirement of the catalogue, answered by the rules that name it."""
    rules = [one for one in results if number in one.requirements]
    answers = tuple(_answer(name, rules) for name in environments)
    status = _status(rules)
    return Requirement(
        number, text, status, _why(number, status, rules, answers), tuple(one.id for one in rules), answers
    )


def _answer(environment: str, rules: Sequence[RuleResult]) -> Answer:
    here = [
        replace(
            one,
            shown=tuple(item for item in one.shown if item.environment == environment),
            failures=tuple(item for item in one.failures if item.environment == environment),
            questions=tuple(item for item in one.questions if item.environment == environment),
            defects=tuple(item for item in one.defects if environment in item.environments),
        )
        for one in rules
    ]
    return Answer(
        environment,
        _status(here),
        passed=sum(len(one.shown) for one in here),
        failed=sum(len(one.failures) for one in here),
        waived=sum(item.waiver is not None for one in here for item in one.failures),
        undecided=sum(len(one.questions) for one in here),
    )


def _status(rules: Sequence[RuleResult]) -> Status:
    if any(one.failures for one in rules):
        return Status.FAIL
    if not rules or any(one.questions or one.defects for one in rules):
        return Status.NOT_EVALUATED
    return Status.PASS if any(one.shown for one in rules) else Status.NOT_APPLICABLE


def _why(number: str, status: Status, rules: Sequence[RuleResult], answers: Sequence[Answer]) -> str:
    passed, failed, waived, undecided = (
        sum(getattr(one, name) for one in answers) for name in ("passed", "failed", "waived", "undecided")
    )
    asked = [one for one in rules if one.asked]
    if status is Status.PASS:
        return f"{_many(passed, 'answer')} of {_many(len(asked), 'rule')}, all content."
    if status is Status.FAIL:
        exempt = (
            f"; {waived} of them waived, which an assessor may accept as a compensating control or not"
            if waived
            else ""
        )
        return f"{_many(failed, 'finding')}{exempt}."
    if status is Status.NOT_APPLICABLE:
        kinds = sorted({kind for one in rules for kind in one.judges})
        return f"There is none of what the rules judge: {', '.join(kinds)}."
    if not rules:
        return beyond().get(number, "No rule shows it.")
    broken = sum(len(one.defects) for one in rules)
    reasons = [f"{_many(undecided, 'question')} the inputs cannot answer"] if undecided else []
    if broken:
        reasons.append(f"{_many(broken, 'crash')} of rules")
    return f"{' and '.join(reasons)}; {_many(passed, 'answer')} content."


def _many(number: int, word: str) -> str:
    plural = "es" if word.endswith("sh") else "s"
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}{plural}"
