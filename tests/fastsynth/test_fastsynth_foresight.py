"""A program goes on with the answers of its last run only while they hold, and nobody is told a wrong one."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from jsii._kernel import types

from fastsynth import foresight as module
from fastsynth.cache import Cache
from fastsynth.foresight import Foresight, may_be_foreseen, program

VPC = types.CreateRequest(fqn="@cdktf/provider-aws.vpc.Vpc", args=["vpc"])
MADE = b'{"ok":{"$jsii.byref":"@cdktf/provider-aws.vpc.Vpc@10001"}}'
OTHER = MADE.replace(b"10001", b"10002")
NODE = types.ObjRef("constructs.Node@10002")
THING = types.ObjRef("@cdktf/provider-aws.vpc.Vpc@10001")
APPLICATION = types.ObjRef("cdktf.App@10000")
PATH = b'{"ok":{"value":"staging/vpc"}}'
ARN = b'{"ok":{"value":"${TfToken[TOKEN.7]}"}}'


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


def test_a_run_is_as_before_until_it_is_not(cache: Cache) -> None:
    """Whoever begins something early must know of the first thing that is new, also of a single edited value."""
    assert not Foresight(cache, ["main.py"]).as_before
    told(cache, (b"one", MADE), (b"two", OTHER), (b"synth", b'{"ok":{}}'))

    again = Foresight(cache, ["main.py"])
    assert again.as_before
    again.foreseen(VPC, b"one")
    again.foreseen(VPC, b"two")
    assert again.as_before
    again.foreseen(VPC, b"other")
    assert not again.as_before

    longer = Foresight(cache, ["main.py"])
    for line in (b"one", b"two"):
        longer.foreseen(VPC, line)
    assert longer.foreseen(VPC, b"synth") is None
    longer.heard(VPC, b"synth", b'{"ok":{}}')
    assert not longer.as_before  # nothing is known of what follows


def test_an_edited_value_is_not_as_before(cache: Cache) -> None:
    """The construct is at the same place as before, and what will be synthesised is not the same."""
    kept = Foresight(cache, ["main.py"])
    kept.heard(made("vpc", cidr="10.0.0.0/16"), b"one", MADE)
    kept.heard(VPC, b"two", OTHER)
    kept.keep()

    again = Foresight(cache, ["main.py"])
    edited = made("vpc", cidr="10.1.0.0/16")
    assert again.foreseen(edited, b"edited") is None
    again.heard(edited, b"edited", MADE)

    assert again.foreseen(VPC, b"two") == OTHER
    assert not again.as_before
