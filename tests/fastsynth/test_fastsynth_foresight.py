"""A program goes on with the answers of its last run only while they hold, and nobody is told a wrong one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsii._kernel import types

from fastsynth import foresight as module
from fastsynth.cache import Cache
from fastsynth.foresight import Foresight, may_be_foreseen, program
from tests.fastsynth.synth_runs import Run

VPC = types.CreateRequest(fqn="@cdktf/provider-aws.vpc.Vpc", args=["vpc"])
MADE = b'{"ok":{"$jsii.byref":"@cdktf/provider-aws.vpc.Vpc@10001"}}'
OTHER = MADE.replace(b"10001", b"10002")
NODE = types.ObjRef("constructs.Node@10002")
THING = types.ObjRef("@cdktf/provider-aws.vpc.Vpc@10001")
APPLICATION = types.ObjRef("cdktf.App@10000")
PATH = b'{"ok":{"value":"staging/vpc"}}'
ARN = b'{"ok":{"value":"${TfToken[TOKEN.7]}"}}'
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
def cache(tmp_path: Path) -> Cache:
    """An empty cache."""
    return Cache(tmp_path / "cache")


def told(cache: Cache, *said: tuple[bytes, bytes], words: str = "main.py") -> Foresight:
    """Tell a run of a program what was answered, and keep it."""
    made = Foresight(cache, [words])
    for line, answer in said:
        if made.foreseen(VPC, line) is None:
            made.heard(VPC, line, answer)
    made.keep()
    return made


def test_the_first_run_waits_for_everything(cache: Cache) -> None:
    """Nothing is known of a program that never ran, or of one with other arguments."""
    told(cache, (b"one", MADE))

    assert Foresight(cache, ["main.py", "staging"]).foreseen(VPC, b"one") is None


def test_the_same_requests_are_not_waited_for(cache: Cache) -> None:
    """An engineer's second synthesis of the same platform does not wait for Node at each construct."""
    told(cache, (b"one", MADE), (b"two", OTHER))
    again = Foresight(cache, ["main.py"])

    assert [again.foreseen(VPC, b"one"), again.foreseen(VPC, b"two"), again.foreseen(VPC, b"three")] == [
        MADE,
        OTHER,
        None,
    ]


def made(name: str, **arguments: Any) -> types.CreateRequest:
    """A request for a construct of this name."""
    return types.CreateRequest(fqn=VPC.fqn, args=[types.ObjRef("cdktf.TerraformStack@1"), name, arguments])


def test_a_changed_argument_is_waited_for_alone(cache: Cache) -> None:
    """A setting was edited: the construct is at the same place as before, so what follows still holds."""
    kept = Foresight(cache, ["main.py"])
    kept.heard(made("vpc", cidr="10.0.0.0/16"), b"one", MADE)
    kept.heard(VPC, b"two", OTHER)
    kept.keep()
    again = Foresight(cache, ["main.py"])
    assert again.foreseen(made("vpc", cidr="10.1.0.0/16"), b"one more") is None
    again.heard(made("vpc", cidr="10.1.0.0/16"), b"one more", MADE)

    assert again.foreseen(VPC, b"two") == OTHER


def test_a_renamed_construct_ends_what_is_known(cache: Cache) -> None:
    """Its reference is the same as before, but its path is not: an engineer who renames is told nothing wrong."""
    kept = Foresight(cache, ["main.py"])
    kept.heard(made("vpc"), b"one", MADE)
    kept.heard(VPC, b"two", OTHER)
    kept.keep()
    again = Foresight(cache, ["main.py"])
    assert again.foreseen(made("network"), b"renamed") is None
    again.heard(made("network"), b"renamed", MADE)

    assert again.foreseen(VPC, b"two") is None


def test_tokens_are_counted_again_after_a_changed_argument(cache: Cache) -> None:
    """Another argument may have made tokens: the next one is waited for, and those after it if it was another."""
    asked = types.GetRequest(objref=THING, property="arn")
    for answer, then in ((ARN, ARN), (ARN.replace(b"7", b"8"), None)):
        kept = Foresight(cache, ["main.py"])
        kept.heard(made("vpc", cidr="10.0.0.0/16"), b"one", MADE)
        for line in (b"arn", b"again"):
            kept.heard(asked, line, ARN)
        kept.keep()
        again = Foresight(cache, ["main.py"])
        assert again.foreseen(made("vpc"), b"one less") is None
        again.heard(made("vpc"), b"one less", MADE)
        assert again.foreseen(asked, b"arn") is None
        again.heard(asked, b"arn", answer)
        assert again.foreseen(asked, b"again") == then


def test_a_changed_override_is_waited_for_alone(cache: Cache) -> None:
    """As a changed argument, it moves nothing."""
    kept = Foresight(cache, ["main.py"])
    kept.heard(types.InvokeRequest(objref=THING, method="addOverride", args=["a", 1]), b"one", b'{"ok":{}}')
    kept.heard(VPC, b"two", MADE)
    kept.keep()
    again = Foresight(cache, ["main.py"])
    changed = types.InvokeRequest(objref=THING, method="addOverride", args=["a", 2])
    assert again.foreseen(changed, b"changed") is None
    again.heard(changed, b"changed", b'{"ok":{}}')

    assert again.foreseen(VPC, b"two") == MADE


def test_an_inserted_construct_ends_what_is_known(cache: Cache) -> None:
    """Every reference after it has another number: to go on with the old ones would be wrong."""
    told(cache, (b"one", MADE), (b"two", OTHER))
    again = Foresight(cache, ["main.py"])
    again.heard(VPC, b"new", OTHER)

    assert again.foreseen(VPC, b"two") is None


def test_a_run_that_ended_early_does_not_shorten_what_is_known(cache: Cache) -> None:
    """After a refused setting the next run is as fast as the one before it."""
    told(cache, (b"one", MADE), (b"two", OTHER))
    told(cache, (b"one", MADE))
    again = Foresight(cache, ["main.py"])

    assert [again.foreseen(VPC, b"one"), again.foreseen(VPC, b"two")] == [MADE, OTHER]


def test_what_is_forgotten_is_gone_for_the_next_run_too(cache: Cache) -> None:
    """A wrong answer deceives at most once."""
    told(cache, (b"one", MADE)).forget()

    assert Foresight(cache, ["main.py"]).foreseen(VPC, b"one") is None


@pytest.mark.parametrize("body", [b"", b"null", b"{", b"[1]", b"[[1, 2, 3, 4]]", b"\xff"])
def test_a_record_in_another_form_is_not_used(cache: Cache, body: bytes) -> None:
    """What an older version kept, or what was damaged, costs time only."""
    known = told(cache, (b"one", MADE))
    cache.write(known._name, body)  # noqa: SLF001 - the file as it is found

    assert Foresight(cache, ["main.py"]).foreseen(VPC, b"one") is None


def test_a_cache_that_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The program runs as if it were its first time, and one line says why."""
    (tmp_path / "file").write_text("")
    told(Cache(tmp_path / "file" / "cache"), (b"one", MADE))

    assert capsys.readouterr().err.count("works without its cache") == 1


def test_most_requests_that_are_kept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program without end does not fill the memory or the disk."""
    monkeypatch.setattr(module, "MOST_KEPT", 2)
    told(cache, (b"one", MADE), (b"two", OTHER), (b"three", MADE))
    again = Foresight(cache, ["main.py"])

    assert [again.foreseen(VPC, b"one"), again.foreseen(VPC, b"two"), again.foreseen(VPC, b"three")] == [
        MADE,
        OTHER,
        None,
    ]


def test_most_programs_that_are_kept(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that gets a new output folder each time leaves a bounded number of records."""
    monkeypatch.setattr(module, "MOST_PROGRAMS", 2)
    for number, words in enumerate(("first", "second", "third")):
        kept = told(cache, (b"one", MADE), words=words)
        os.utime(cache.folder / kept._name, (number, number))  # noqa: SLF001 - time passes

    assert Foresight(cache, ["first"]).foreseen(VPC, b"one") is None
    assert Foresight(cache, ["third"]).foreseen(VPC, b"one") == MADE


@pytest.mark.parametrize(
    ("request_", "answer", "may"),
    [
        (VPC, MADE, True),
        (VPC, b'{"error":"taken","stack":""}', False),
        (types.CreateRequest(fqn=VPC.fqn, args=[], overrides=[types.Override(method="toString")]), MADE, False),
        (types.CreateRequest(fqn="cdktf.App", args=[]), MADE, False),
        (types.GetRequest(objref=THING, property="arn"), ARN, True),
        (types.GetRequest(objref=NODE, property="path"), PATH, True),
        (types.GetRequest(objref=THING, property="path"), PATH, False),
        (types.GetRequest(objref=THING, property="bucket"), PATH, False),
        (types.GetRequest(objref=APPLICATION, property="outdir"), PATH, False),
        (types.InvokeRequest(objref=THING, method="addOverride", args=["a", 1]), b'{"ok":{}}', True),
        (types.InvokeRequest(objref=THING, method="toString"), b'{"callback":{}}', False),
        (types.InvokeRequest(objref=APPLICATION, method="synth"), b'{"ok":{}}', False),
        (types.StaticInvokeRequest(fqn="cdktf.Token", method="asString"), ARN, False),
    ],
)
def test_what_may_be_foreseen(request_: object, answer: bytes, *, may: bool) -> None:
    """Errors, callbacks, what writes files and what could come from the environment are always waited for."""
    assert may_be_foreseen(request_, answer) is may


def test_what_names_a_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The file and its arguments do; an interactive session has neither and remembers nothing."""
    script = tmp_path / "main.py"
    script.touch()
    monkeypatch.setattr(sys, "argv", [str(script), "staging"])
    assert program() == [str(script), "staging"]
    for words in ([], ["-c"], [""]):
        monkeypatch.setattr(sys, "argv", words)
        assert program() is None


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
