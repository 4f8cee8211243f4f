"""Whole programs write the same whatever was remembered of their last run."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from fastsynth.cache import Cache
from fastsynth.foresight import Foresight
from tests.fastsynth.synth_runs import Run

pytestmark = pytest.mark.slow

APP = """
import sys

import fastsynth
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

app = App(outdir=sys.argv[1])
stack = TerraformStack(app, "queues")
AwsProvider(stack, "aws", region="eu-central-1")
names = open(sys.argv[2]).read().split()
delay = len(names[0])
queues = [SqsQueue(stack, f"{name}-queue", name=name, delay_seconds=delay) for name in names]
print(*(queue.arn for queue in queues), *(queue.node.path for queue in queues))
app.synth()
late = TerraformStack(app, "late")
print(late.node.path)
"""


@pytest.fixture
def queues(tmp_path: Path, warm_cache: Path) -> Run:
    """A program that makes the queues a file names, remembered for this test alone as its folder is a new one."""
    app = tmp_path / "app.py"
    app.write_text(APP)
    (tmp_path / "names").write_text("payments ledger")
    return Run(app, tmp_path / "out", {"XDG_CACHE_HOME": str(warm_cache)})


def done(run: Run, names: str, **variables: str) -> tuple[subprocess.CompletedProcess[str], dict[str, bytes]]:
    """Run the program for these queues, and return what it said and wrote."""
    (run.app.with_name("names")).write_text(names)
    command = [run.python, str(run.app), str(run.outdir), str(run.app.with_name("names"))]
    ended = subprocess.run(
        command, env={**run.variables(), **variables}, capture_output=True, text=True, check=False, timeout=300
    )
    return ended, run.written()


def record_of(run: Run) -> tuple[Cache, str, list[Any]]:
    """Return the cache of a program, and the name and content of what is remembered of it."""
    cache = Cache(Path(run.environment["XDG_CACHE_HOME"]) / "fastsynth")
    words = [str(run.app), str(run.outdir), str(run.app.with_name("names"))]
    name = Foresight(cache, words)._name  # noqa: SLF001 - the file as the program finds it
    body = cache.read(name)
    return cache, name, [] if body is None else json.loads(body)


@pytest.mark.parametrize(
    "then", ["payments ledger", "payments", "audit payments ledger", "payments ledger audit", "x y"]
)
def test_what_is_synthesised_does_not_depend_on_the_last_run(queues: Run, then: str) -> None:
    """Whatever was edited since, words and files are those of a program that knows nothing of its last run."""
    done(queues, "payments ledger")
    first, _ = done(queues, "payments ledger")
    fast, written = done(queues, then)
    cache, name, _ = record_of(queues)
    cache.write(name, b"[]")
    slow, expected = done(queues, then)

    assert (first.returncode, fast.returncode, slow.returncode) == (0, 0, 0), fast.stderr
    assert (fast.stdout, fast.stderr, written) == (slow.stdout, slow.stderr, expected)


def test_an_error_is_raised_at_the_line_that_caused_it(queues: Run) -> None:
    """Two queues of one name: the traceback leads to the construct, in the first run as in the next."""
    done(queues, "payments ledger")
    for names in ("payments payments", "payments payments"):
        failed, _ = done(queues, names)
        assert failed.returncode == 1
        assert "queues = [SqsQueue(stack" in failed.stderr
        assert "already a Construct with name 'payments-queue'" in failed.stderr


@pytest.mark.parametrize(
    ("which", "when"), [("payments-queue", "before the synthesis"), ("late", "at the program's end")]
)
def test_a_wrong_memory_is_found_out(queues: Run, which: str, when: str) -> None:
    """However it came to be wrong: one message, exit code 2, nothing of it in the files, and it is gone."""
    done(queues, "payments ledger")
    right, expected = done(queues, "payments ledger")
    for path in sorted(queues.outdir.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    cache, name, record = record_of(queues)
    changed = [
        [*entry[:3], entry[3] and entry[3].replace(f"/{which}", "/other").replace(f'"{which}"', '"other"')]
        for entry in record
    ]
    assert changed != record
    cache.write(name, json.dumps(changed).encode())

    deceived, written = done(queues, "payments ledger")
    assert deceived.returncode == 2, when
    assert deceived.stderr == (
        "synthesis stopped: jsii did not answer as in the last run of this program\n"
        f'  it said {{"ok":{{"value":"{which if which == "late" else f"queues/{which}"}"}}}} and before '
        f'{{"ok":{{"value":"{"other" if which == "late" else "queues/other"}"}}}}\n\n'
        "hint: run again; what was remembered of the last run is dropped\n"
    )
    assert written == ({} if which != "late" else expected)
    again, written = done(queues, "payments ledger")
    assert (again.returncode, again.stdout, again.stderr) == (0, right.stdout, "")
    assert written == expected


def test_the_platform_foresees_most_of_what_it_asks(queues: Run) -> None:
    """The aim itself: what is waited for in a run like the last is what must be."""
    done(queues, "payments ledger")
    _, _, record = record_of(queues)
    foreseen = [entry for entry in record if entry[3] is not None]

    assert len(foreseen) >= 8  # two stacks, two queues, an ARN and a path of each
