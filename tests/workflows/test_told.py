"""What the pipeline tells people: the steps of the workflows themselves, run against a GitHub of ours."""

from __future__ import annotations

import base64
import gzip
from pathlib import Path

import pytest

from tests.workflows.fake_github import GitHub
from tests.workflows.yaml_of import script

MARKER = "<!-- planproof review -->"
PULL_REQUEST = {"REPOSITORY": "payflow/platform", "NUMBER": "7"}


@pytest.fixture
def github(tmp_path: Path) -> GitHub:
    """An empty repository."""
    return GitHub(tmp_path / "job")


def test_a_second_push_updates_the_comment(github: GitHub) -> None:
    """A pull request of twenty pushes has one review, that of the last."""
    comment = script("pull-request", "comment", "Comment")
    github.has("comments", {"id": 1, "user": "github-actions[bot]", "body": "coverage is 97 %"})
    github.has("comments", {"id": 2, "user": "mallory", "body": f"{MARKER}\nall is well"})

    for text in ("first", "second", "third"):
        (github.folder / "review.md").write_text(f"{MARKER}\n{text}\n")
        github.run(comment, **PULL_REQUEST)

    assert [(one["user"], one["body"]) for one in github.state["comments"]] == [
        ("github-actions[bot]", "coverage is 97 %"),
        ("mallory", f"{MARKER}\nall is well"),
        ("github-actions[bot]", f"{MARKER}\nthird\n"),
    ]
    assert [call for call in github.state["calls"] if call[0] != "GET"] == [
        ["POST", "repos/payflow/platform/issues/7/comments"],
        ["PATCH", "repos/payflow/platform/issues/comments/3"],
        ["PATCH", "repos/payflow/platform/issues/comments/3"],
    ]


def test_findings_are_uploaded_for_the_commit(github: GitHub) -> None:
    """GitHub shows a finding at its line when it knows of which commit it is."""
    (github.folder / "review.sarif").write_text('{"version": "2.1.0"}')

    github.run(
        script("pull-request", "annotate", "Upload the SARIF"),
        REPOSITORY="payflow/platform",
        COMMIT="c" * 40,
        REF="refs/pull/7/head",
    )

    (sent,) = github.state["sarifs"]
    assert gzip.decompress(base64.b64decode(sent.pop("sarif"))) == b'{"version": "2.1.0"}'
    assert sent == {"commit_sha": "c" * 40, "ref": "refs/pull/7/head", "tool_name": "planproof"}


@pytest.mark.parametrize("verdict", ["", "0", "3"])
def test_what_a_human_may_decide_is_left_to_humans(verdict: str, github: GitHub) -> None:
    """The check is green; the branch's reviewers decide."""
    github.run(_verdict(), VERDICT=verdict)


def test_a_blocked_change_fails_the_check(github: GitHub) -> None:
    """Nobody merges by mistake what planproof blocks."""
    with pytest.raises(AssertionError, match="planproof blocks this change"):
        github.run(_verdict(), VERDICT="1")


def _verdict() -> str:
    name = "A blocked change is not merged; one that needs a human waits for the reviewers of the branch"
    return script("pull-request", "verdict", name)


def test_drift_has_one_issue_an_environment(github: GitHub) -> None:
    """The night watch tells once, keeps what it told up to date, and says when it is over."""
    tell = script("drift", "tell", "Open, update or close")

    def night(**verdicts: str) -> dict[str, tuple[str, str]]:
        for environment, verdict in verdicts.items():
            (github.folder / f"{environment}.verdict").write_text(f"{verdict}\n")
            (github.folder / f"{environment}.md").write_text(f"{MARKER} {environment} {verdict}")
        github.run(tell)
        return {one["title"]: (one["state"], one["body"]) for one in github.state["issues"]}

    assert night(dev="0", staging="3", prod="0") == {"Drift in staging": ("open", f"{MARKER} staging 3")}
    assert night(dev="0", staging="1", prod="0") == {"Drift in staging": ("open", f"{MARKER} staging 1")}
    assert night(dev="3", staging="0", prod="0") == {
        "Drift in dev": ("open", f"{MARKER} dev 3"),
        "Drift in staging": ("closed", f"{MARKER} staging 1"),
    }
    assert len(github.state["issues"]) == 2
