"""docs/rules.md is what the rules say, today."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from planproof.cli import main
from planproof.rulebook import page
from planproof.rules import rules

ROOT = Path(__file__).parents[2]


def test_the_page_is_not_stale() -> None:
    """Who reads about a rule reads what the gate does now, not what it did once."""
    written = (ROOT / "docs" / "rules.md").read_text(encoding="ascii")

    assert written == page(rules()), "docs/rules.md says something else than the rules do: run make docs"


def test_every_rule_is_told_in_full() -> None:
    """Nobody has to open Python to know what a finding means and what to do."""
    text = page(rules())
    sections = dict(re.findall(r"^### (\S+)\n\n(.*?)(?=^### |\Z)", text, re.MULTILINE | re.DOTALL))

    assert list(sections) == sorted(rule.id for rule in rules())
    for rule in rules():
        told = sections[rule.id]
        assert f"- Severity: {rule.severity}" in told
        assert f"- Docs: <{rule.docs}>" in told
        assert [line.split(": ")[1] for line in told.splitlines() if line.startswith("- Control: ")] == list(
            rule.controls
        )
        assert f"| [{rule.id}](#{rule.id}) |" in text


def test_a_changed_rule_changes_the_page() -> None:
    """The comparison above can fail: one word of one rule is enough."""
    first, *others = rules()

    assert page((replace(first, why="Another reason."), *others)) != page(rules())


def test_words_do_not_become_markup() -> None:
    """A star, a bracket or a bar in a sentence is shown, and breaks no table."""
    first = rules()[0]
    text = page((replace(first, title="Allows s3:* | <any> [x] and `a*`."),))

    assert "| Allows s3:\\* \\| \\<any\\> \\[x\\] and `a*`. |" in text


def test_the_command_writes_the_same_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], refused: Callable[[list[str]], str]
) -> None:
    """`make docs` and a person at a terminal get the same bytes, and a bad place is one message."""
    file = tmp_path / "rules.md"
    for arguments in (["rules", "--format", "markdown", "--output", str(file)], ["rules", "--format", "markdown"]):
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert not ended.value.code

    assert file.read_text(encoding="ascii") == capsys.readouterr().out == page(rules())
    absent = tmp_path / "absent" / "rules.md"
    assert refused(["rules", "--output", str(absent)]) == (
        f"{absent} cannot be written\n  No such file or directory\n\nhint: name a file in a folder that exists\n"
    )


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[[list[str]], str]:
    """Runs a command that must end with exit code 2, and gives its message."""

    def run(arguments: list[str]) -> str:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        assert ended.value.code == 2
        return capsys.readouterr().err

    return run
