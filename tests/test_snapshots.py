"""What we would deploy is what we last agreed to deploy."""

from __future__ import annotations

from pathlib import Path

import pytest

SNAPSHOTS = Path(__file__).parent / "snapshots"
STACKS = ("dev", "dev-state", "prod", "prod-state", "staging", "staging-state")


@pytest.mark.parametrize("stack", STACKS)
def test_the_synthesized_json_is_the_committed_one(stack: str, cdktf_out: Path, request: pytest.FixtureRequest) -> None:
    """Nothing about the platform changes without a line in a diff that somebody has read."""
    file = SNAPSHOTS / f"{stack}.json"
    actual = (cdktf_out / "stacks" / stack / "cdk.tf.json").read_text(encoding="utf-8")
    if request.config.getoption("--update-snapshots"):
        file.write_text(actual, encoding="utf-8")

    assert actual == file.read_text(encoding="utf-8"), (
        f"{stack} would deploy something else than tests/snapshots/{file.name} says.\n"
        "If the change is meant: make snapshots, read the diff, and commit it."
    )


def test_every_stack_has_its_snapshot(cdktf_out: Path) -> None:
    """A new environment is not deployed before somebody has read what it is."""
    synthesized = {folder.name for folder in (cdktf_out / "stacks").iterdir()}

    assert synthesized == set(STACKS) == {file.stem for file in SNAPSHOTS.glob("*.json")}
