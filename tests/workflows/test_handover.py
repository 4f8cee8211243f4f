"""A plan on its way from the job that made it to the job that applies it: sealed, and the same to the byte."""

from __future__ import annotations

import hashlib
import re
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.delivery.fake_programs import program
from tests.workflows.yaml_of import ROOT

pytestmark = pytest.mark.slow

SCRIPTS = ROOT / ".github/scripts"
PLANTED = "hunter2-of-prod"
FILES = {
    "cdk.tf.json": "{}",
    "origins.json": "[]",
    ".terraform.lock.hcl": "provider",
    "plan.tfplan": f"binary {PLANTED}",
    "plan.json": f'{{"password": "{PLANTED}"}}',
}


@dataclass(frozen=True)
class Keys:
    """The public half, a variable of the repository, and the private one, a secret of the GitHub environment."""

    certificate: Path
    private: Path


def keys(folder: Path, name: str) -> Keys:
    """Make a pair as docs/pipeline.md says."""
    made = Keys(folder / f"{name}.certificate.pem", folder / f"{name}.key.pem")
    (command,) = re.findall(r"^openssl req .*", (ROOT / "docs/pipeline.md").read_text(encoding="utf-8"), re.MULTILINE)
    subprocess.run(shlex.split(command.replace("prod", name)), cwd=folder, check=True, capture_output=True)
    return made


@pytest.fixture(scope="module")
def prod(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """The keys of prod."""
    return keys(tmp_path_factory.mktemp("keys"), "prod")


@dataclass(frozen=True)
class Sealed:
    """A sealed plan and what the pipeline says of it."""

    file: Path
    sha256: str


@pytest.fixture
def sealed(prod: Keys, tmp_path: Path) -> Sealed:
    """What leaves the plan job."""
    (tmp_path / "made").mkdir()
    for name, text in {**FILES, "plan.log": "not needed"}.items():
        (tmp_path / "made" / name).write_text(text)
    done = run("seal.sh", tmp_path / "made", prod.certificate, tmp_path / "plan.sealed")
    return Sealed(tmp_path / "plan.sealed", done.stdout.strip())


def run(script: str, *arguments: Path | str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run a script of the pipeline."""
    return subprocess.run(
        [SCRIPTS / script, *arguments], input=stdin, capture_output=True, text=True, check=False, timeout=60
    )


def test_the_plan_arrives_as_it_was_reviewed(sealed: Sealed, prod: Keys, tmp_path: Path) -> None:
    """What is applied is what was made, with the configuration and the providers it was made of."""
    opened = run("unseal.sh", sealed.file, sealed.sha256, tmp_path / "there", stdin=prod.private.read_text())

    assert (opened.returncode, opened.stderr) == (0, "")
    assert {file.name: file.read_text() for file in (tmp_path / "there").iterdir()} == FILES
    assert sealed.sha256 == hashlib.sha256(FILES["plan.json"].encode()).hexdigest()


def test_nothing_of_it_can_be_read_on_the_way(sealed: Sealed) -> None:
    """Whoever downloads the artifact learns nothing."""
    data = sealed.file.read_bytes()

    assert not [word for word in (PLANTED, "password", "plan.tfplan") if word.encode() in data]


def test_another_environments_key_does_not_open_it(sealed: Sealed, tmp_path: Path) -> None:
    """The job of dev cannot read the plan of prod."""
    other = keys(tmp_path, "dev")

    opened = run("unseal.sh", sealed.file, sealed.sha256, tmp_path / "there", stdin=other.private.read_text())

    assert opened.returncode != 0
    assert not list((tmp_path / "there").glob("plan.*"))


def test_an_exchanged_plan_is_refused(sealed: Sealed, prod: Keys, tmp_path: Path) -> None:
    """Whoever can write artifacts has the public half, too; the SHA-256 that was reviewed is what counts."""
    (tmp_path / "made/plan.json").write_text('{"password": "mine"}')
    run("seal.sh", tmp_path / "made", prod.certificate, sealed.file)
    found = hashlib.sha256(b'{"password": "mine"}').hexdigest()

    opened = run("unseal.sh", sealed.file, sealed.sha256, tmp_path / "there", stdin=prod.private.read_text())

    assert opened.returncode == 2
    assert opened.stderr == (
        f"the plan was exchanged after its review\n  the reviewed plan is {sealed.sha256}\n  found {found}\n\n"
        "hint: run the workflow again from its start\n"
    )
    assert sorted(file.name for file in (tmp_path / "there").iterdir()) == [
        ".terraform.lock.hcl",
        "cdk.tf.json",
        "origins.json",
    ]


RECORDER = """\
import os, sys
with open(os.environ["DIARY"], "a") as diary:
    print(os.path.basename(sys.argv[0]), *sys.argv[1:], file=diary)
if os.environ.get("FAILS") in sys.argv[1:]:
    sys.exit(int(os.environ.get("CODE", "2")))
for made in os.environ.get("MAKES", "").split():
    open(made, "w").close()
"""


@dataclass(frozen=True)
class Checkout:
    """A checkout whose programs write down how they were called."""

    root: Path

    def run(self, script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a script of the pipeline there."""
        return subprocess.run(
            [SCRIPTS / script, *arguments],
            cwd=self.root,
            env={"PATH": f"{self.root}/bin:/usr/bin:/bin", "DIARY": str(self.root / "diary"), **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def calls(self) -> list[str]:
        """How the programs were called, in order."""
        return (self.root / "diary").read_text().splitlines()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """An empty checkout."""
    for name in (".venv/bin/python", ".venv/bin/planproof", "bin/terraform"):
        program(tmp_path / name, RECORDER)
    (tmp_path / "cdktf.out/stacks/prod").mkdir(parents=True)
    return Checkout(tmp_path)


STACK = "cdktf.out/stacks/prod"
STEPS = [
    f"terraform -chdir={STACK} init -input=false -lockfile=readonly",
    f"planproof approve {STACK}/plan.json --by ann --output {STACK}/approval.json",
    f"planproof apply {STACK}/plan.tfplan --approved-by {STACK}/approval.json",
    "python -m delivery settle prod",
]


def test_an_apply_goes_through_planproof(checkout: Checkout) -> None:
    """The approval carries the name of a person, and the state is settled for the night's comparison."""
    assert checkout.run("apply.sh", "prod", "ann").returncode == 0
    assert checkout.calls() == STEPS


@pytest.mark.parametrize(("fails", "done"), [("init", 1), ("approve", 2), ("apply", 3)])
def test_what_is_refused_goes_no_further(fails: str, done: int, checkout: Checkout) -> None:
    """A blocked plan is not applied; a failed apply is not called settled."""
    assert checkout.run("apply.sh", "prod", "ann", FAILS=fails).returncode == 2
    assert checkout.calls() == STEPS[:done]


@pytest.mark.parametrize(("kind", "made"), [("plan", "plan.json"), ("drift", "prod.drift.json")])
@pytest.mark.parametrize("code", ["1", "3"])
def test_every_verdict_is_left_to_the_review(kind: str, made: str, code: str, checkout: Checkout) -> None:
    """A blocked plan is told in the comment, beside the other environments, before it stops anything."""
    (checkout.root / STACK / made).touch()

    done = checkout.run("plan.sh", kind, "prod", FAILS=kind, CODE=code)

    assert (done.returncode, done.stdout) == (0, f"{code}\n")
    assert checkout.calls() == [f"python -m delivery {kind} prod"]


@pytest.mark.parametrize(("code", "ends"), [("1", 1), ("2", 2), ("0", 2)])
def test_without_a_plan_there_is_nothing_to_review(code: str, ends: int, checkout: Checkout) -> None:
    """Findings of the gate, a locked state, a missing role: the job fails with their message."""
    assert checkout.run("plan.sh", "plan", "prod", FAILS="plan", CODE=code).returncode == ends
