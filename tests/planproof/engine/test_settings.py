"""What planproof.yaml may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from planproof.errors import UserError
from planproof.settings import Settings, near


def test_settings_are_read(tmp_path: Path) -> None:
    """The order of the environments, and a section for each judge."""
    (tmp_path / "planproof.yaml").write_text("environments: [dev, prod]\ncost:\n  budget: 5\nnaming:\n")
    found = near(tmp_path)

    assert found.environments == ("dev", "prod")
    assert found.section("cost") == {"budget": 5}
    assert found.section("naming") == found.section("contract") == {}
    assert near(tmp_path / "elsewhere") == Settings()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("enviroments: [dev]\n", "enviroments: no such setting"),
        ("environments: dev\n", "environments: expected a list of names, got 'dev'"),
        ("environments: [dev, dev]\n", "environments: a name stands twice in ['dev', 'dev']"),
        ("- dev\n", "expected a mapping, got ['dev']"),
        ("a: [\n", "while parsing a flow node"),
    ],
)
def test_bad_settings_are_refused(tmp_path: Path, text: str, problem: str) -> None:
    """A misspelt setting is an error, never a silent default."""
    (tmp_path / "planproof.yaml").write_text(text)

    with pytest.raises(UserError) as refused:
        near(tmp_path)
    assert str(refused.value).startswith(f"{tmp_path / 'planproof.yaml'} cannot be used\n  {problem}")


def test_a_section_of_another_shape_is_refused() -> None:
    """Each judge is given a mapping or nothing."""
    with pytest.raises(UserError, match="cost: expected a mapping, got 5"):
        Settings(sections={"cost": 5}).section("cost")
