"""A folder of evidence can be made again byte for byte, and one changed byte is found and named."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from planproof.evidence.folder import verify, write
from tests.planproof.evidence.conftest import DAY, Run

pytestmark = pytest.mark.slow

STACKS = ("prod", "staging")
FILES = (
    "SHA256SUMS",
    "assessment-results.json",
    "evidence.json",
    "index.html",
    *(f"inputs/{stack}/{file}" for stack in STACKS for file in ("cdk.tf.json", "origins.json")),
    "inputs/planproof.yaml",
    "inputs/waivers.yaml",
)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def flip(file: Path, position: int) -> None:
    """Change one bit of one byte."""
    data = bytearray(file.read_bytes())
    data[position] ^= 1
    file.write_bytes(bytes(data))


def test_the_folder_holds_what_is_tried(evidence: Path) -> None:
    """The byte flips below leave out no file."""
    assert set(contents(evidence)) == set(FILES)


def test_the_real_evidence_is_reproducible(platform: Path, cdktf_out: Path, tmp_path: Path, root: Path) -> None:
    """An auditor who makes the evidence again, elsewhere, gets the same bytes."""
    write((cdktf_out,), tmp_path / "deeply" / "elsewhere", as_of=DAY, project=root)

    assert contents(tmp_path / "deeply" / "elsewhere") == contents(platform)


def test_the_order_and_place_of_paths_do_not_matter(project: Path, evidence: Path, tmp_path: Path) -> None:
    """What counts is what was judged, not how it was named on a command line."""
    paths = [project / "cdktf.out" / "stacks" / name / "cdk.tf.json" for name in STACKS[::-1]]
    write(paths, tmp_path / "again", as_of=DAY, project=project)

    assert contents(tmp_path / "again") == contents(evidence)


def test_untouched_evidence_verifies_anywhere(copy: Path, planproof: Run, tmp_path: Path) -> None:
    """The inputs lie in the folder, so it can be verified on a machine that has nothing else."""
    done = planproof("evidence", "--verify", str(copy), at=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{copy}: every file is what was written, and what its inputs give\n"


def test_sha256sum_knows_the_seal(copy: Path) -> None:
    """Whoever has no planproof can still tell that no file was damaged."""
    tool = shutil.which("sha256sum") or shutil.which("shasum")
    assert tool
    done = subprocess.run([tool, "-c", "SHA256SUMS"], cwd=copy, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(contents(copy)) - 1


@pytest.mark.parametrize("name", FILES)
def test_one_flipped_byte_is_named(evidence: Path, project: Path, planproof: Run, name: str) -> None:
    """Nobody can touch one bit of the evidence, wherever it is, without its file being named."""
    size = (evidence / name).stat().st_size
    for position in sorted({0, size // 3, size // 2, size - 2, size - 1}):
        flip(evidence / name, position)
        done = planproof("evidence", "--verify", "evidence", at=project)
        flip(evidence / name, position)

        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"evidence is not what was written\n  {name}: changed\n", f"byte {position}"
    assert verify(evidence) == ()


@pytest.mark.parametrize("name", ["SHA256SUMS", "evidence.json"])
@pytest.mark.parametrize("file", [name for name in FILES if name.startswith("inputs/")])
def test_a_witness_that_lies_is_named(evidence: Path, file: str, name: str) -> None:
    """When what is written about an input is changed, that record is blamed, and never the input."""
    written = (evidence / name).read_bytes()
    digest = sha256((evidence / file).read_bytes()).hexdigest()
    for word in (file, digest):
        flip(evidence / name, written.index(word.encode()) + len(word) // 2)
        told = [str(one) for one in verify(evidence)]
        (evidence / name).write_bytes(written)

        assert told == [f"{name}: changed"], word


@pytest.mark.parametrize("field", ["as_of", "rule_set", "version"])
def test_a_changed_fact_of_the_making_is_named(evidence: Path, field: str) -> None:
    """The day and the versions are evidence too."""
    file = evidence / "evidence.json"
    raw = json.loads(file.read_text())
    other = {"as_of": "2026-11-22", "rule_set": "0" * 64, "version": "9.9.9"}[field]
    file.write_text(file.read_text().replace(raw[field], other, 1))

    assert [str(one) for one in verify(evidence)] == ["evidence.json: changed"]


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(evidence: Path, name: str) -> None:
    """What was taken out is missed."""
    (evidence / name).unlink()

    assert [str(one) for one in verify(evidence)] == [f"{name}: missing"]


@pytest.mark.parametrize("name", ["extra.txt", "inputs/prod/extra.tf.json", "inputs/other/cdk.tf.json"])
def test_an_added_file_is_named(evidence: Path, name: str) -> None:
    """What was put in is seen."""
    (evidence / name).parent.mkdir(exist_ok=True)
    (evidence / name).write_text("{}")

    assert [str(one) for one in verify(evidence)] == [f"{name}: added"]


def test_a_consistent_lie_is_found_by_judging_again(evidence: Path) -> None:
    """Who turns a failure into a pass and mends the sums is found out: the inputs say otherwise."""
    page = evidence / "index.html"
    old = sha256(page.read_bytes()).hexdigest()
    page.write_text(page.read_text().replace(">fail<", ">pass<"))
    seal = evidence / "SHA256SUMS"
    seal.write_text(seal.read_text().replace(old, sha256(page.read_bytes()).hexdigest()))

    assert [str(one) for one in verify(evidence)] == ["index.html: not what the inputs give"]


def test_other_rules_cannot_verify(
    evidence: Path, project: Path, planproof: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version of planproof says that it is another, and does not call honest evidence changed."""
    made = json.loads((evidence / "evidence.json").read_text())["rule_set"]
    for place in ("assessment", "folder"):
        monkeypatch.setattr(f"planproof.evidence.{place}.rule_set", lambda: "f" * 64)
    done = planproof("evidence", "--verify", "evidence", at=project)

    assert (done.returncode, done.stderr) == (
        2,
        (
            "evidence cannot be verified\n"
            f"  rule set: this planproof has {'f' * 64}, the evidence was made with {made}\n\n"
            "hint: its files are as SHA256SUMS says; use the planproof that made it to judge the inputs again\n"
        ),
    )


@pytest.fixture
def spoil(project: Path) -> Callable[[str, str], None]:
    """Writes a file of the project."""

    def write_text(name: str, text: str) -> None:
        (project / name).parent.mkdir(exist_ok=True)
        (project / name).write_text(text)

    return write_text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--verify", "absent"),
            "absent cannot be verified\n  no such folder\n\nhint: make it with: planproof evidence --output FOLDER\n",
        ),
        (
            ("--verify", "cdktf.out"),
            (
                "cdktf.out cannot be verified\n  it holds neither SHA256SUMS nor evidence.json\n\n"
                "hint: make it with: planproof evidence --output FOLDER\n"
            ),
        ),
        (
            ("--verify", "a", "--output", "b"),
            (
                "There are two things to do at once\n  --verify: stands alone\n\n"
                "hint: verify a folder, or write one; the inputs of a folder lie in it\n"
            ),
        ),
        (
            (),
            "There is no place to write to\n  --output: missing\n\nhint: name a new folder: --output FOLDER\n",
        ),
        (
            ("--output", "cdktf.out"),
            "cdktf.out cannot be written\n  it is there already\n\nhint: name a new folder, or remove the old one\n",
        ),
        (
            ("--output", "waivers.yaml/evidence"),
            "waivers.yaml/evidence cannot be written\n  Not a directory\n\nhint: name a folder that you may make\n",
        ),
        (
            ("absent.json", "--output", "new"),
            (
                "absent.json does not exist\n  no such file or folder\n\n"
                "hint: synthesise first (cdktf synth), or name a file\n"
            ),
        ),
        (
            ("secret.json", "--output", "new"),
            (
                "secret.json cannot be handed to an auditor\n  aws_db_instance.ledger.password: holds a secret\n\n"
                "hint: keep the secret out of it, or make the evidence from the synthesized configuration\n"
            ),
        ),
    ],
)
def test_mistakes_are_told(
    project: Path, planproof: Run, spoil: Callable[[str, str], None], arguments: tuple[str, ...], message: str
) -> None:
    """Each mistake ends with 2 and one message, and leaves no half-written folder."""
    spoil("secret.json", json.dumps({"resource": {"aws_db_instance": {"ledger": {"password": "correct horse"}}}}))
    before = contents(project)
    done = planproof("evidence", *arguments, at=project)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)
    assert contents(project) == before
