"""Classes of bindings are made when they are used, and nobody can tell but by the clock."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from fastsynth.parts import Parts, run, split
from tests.fastsynth.synth_runs import Run

NAME = "module_in_parts"
SOURCE = '''"""A namespace."""
import publication

made = []


def noted(cls):
    made.append(cls.__name__)
    return cls


@noted
class Base:
    def other(self) -> "Missing":
        return Config(_secret())


@noted
class Thing(Base):
    """What the namespace is about."""


@noted
class Config:
    def __init__(self, value=len("four")):
        self.value = value


@noted
class Private:
    pass


class Twice:
    number = 1


first = Twice


class Twice:
    number = 2


def _secret():
    return "a secret"


__all__ = ["Base", "Thing", "Config", "Twice", "first"]
publication.publish()


def stub():
    return Thing
'''
Load = Callable[[str], ModuleType]


def nobody_asks() -> bytes:
    """Stand for a source that need not be read."""
    pytest.fail("the source was read")


def by_parser(source: str) -> Parts:
    """The parts of a source that is not as generated: its encoding is named."""
    return split(b"# coding: utf-8\n" + source.encode(), "module.py", nobody_asks)


def by_text(source: str) -> Parts:
    """The parts of a source as they are in the run that meets it first."""
    return split(source.encode(), "module.py", source.encode)


def kept_unused(source: str) -> Parts:
    """The parts of a source of which nothing was used before."""
    return Parts.load(memoryview(by_text(source).dump()), "module.py", source.encode)


def kept_used(source: str) -> Parts:
    """The parts of a source of which everything was used before."""
    parts = by_text(source)
    for name in parts.names:
        parts.part(name)
    return Parts.load(memoryview(parts.dump()), "module.py", nobody_asks)


@pytest.fixture(params=[by_parser, by_text, kept_unused, kept_used])
def load(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Load:
    """Import a source in parts, in each state that its parts can be in."""

    def loaded(source: str) -> ModuleType:
        module = ModuleType(NAME)
        monkeypatch.setitem(sys.modules, NAME, module)
        monkeypatch.setitem(sys.modules, f"{NAME}._private", module)
        run(request.param(source), module)
        return sys.modules[NAME]

    return loaded


def hidden() -> ModuleType:
    """Where a module keeps what it does not publish."""
    return sys.modules[f"{NAME}._private"]


def test_a_class_is_made_with_what_it_needs(load: Load) -> None:
    """A program that uses one block of a firewall does not wait for the two hundred others."""
    shown = load(SOURCE)
    assert hidden().made == []

    assert shown.Thing.__doc__ == "What the namespace is about."
    assert hidden().made == ["Base", "Thing"]
    assert shown.Thing().other().value == "a secret"
    assert hidden().made == ["Base", "Thing", "Config"]
    assert shown.Config().value == 4
    assert shown.Thing is hidden().Thing is hidden().stub()


def test_only_what_is_published_is_seen(load: Load) -> None:
    """What a namespace keeps for itself stays hidden, and can be asked for where its authors put it."""
    shown = load(SOURCE)

    with pytest.raises(AttributeError, match="module 'module_in_parts' has no attribute 'Private'"):
        _ = shown.Private
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = hidden().Nothing
    assert hidden().Private.__name__ == "Private"
    assert {"Base", "Thing", "Config"} <= set(dir(shown))
    assert "Private" not in dir(shown)
    assert "Private" in dir(hidden())


def test_a_star_import_brings_everything(load: Load) -> None:
    """All usual ways to import work."""
    load(SOURCE)
    names: dict[str, object] = {}
    exec(f"from {NAME} import *", names)  # noqa: S102 - a star is allowed at the top of a module only

    assert {"Base", "Thing", "Config", "Twice", "first"} <= set(names)


def test_what_is_defined_twice_is_as_python_makes_it(load: Load) -> None:
    """The first definition is used before the second replaces it: none of them may wait."""
    shown = load(SOURCE)

    assert (shown.first.number, shown.Twice.number) == (1, 2)


def test_a_name_that_a_loop_binds_is_not_made_later(load: Load) -> None:
    """A module that gives a name anew after its class keeps what it gave."""
    shown = load("class Thing:\n    pass\n\n\nfor Thing in (1, 2):\n    pass\n")

    assert shown.Thing == 2


def test_a_missing_name_is_an_error_of_python(load: Load) -> None:
    """A mistake in a program is told as ever."""
    shown = load("def use():\n    return nothing\n\n\ndef text():\n    return str(5)\n")

    assert shown.text() == "5"
    with pytest.raises(NameError, match="nothing"):
        shown.use()


def test_an_error_in_a_class_is_raised_each_time(load: Load) -> None:
    """A class that cannot be made is not made by half."""
    shown = load("class Thing:\n    ratio = 1 / 0\n")

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            _ = shown.Thing


def test_two_threads_get_one_class(load: Load) -> None:
    """`isinstance` must not depend on who was first."""
    slow = "import time\n\n\nclass Thing:\n    for _ in range(200_000):\n        pass\n"
    shown = load(slow)

    with ThreadPoolExecutor(max_workers=4) as pool:
        found = set(pool.map(lambda _: shown.Thing, range(8)))

    assert len(found) == 1


ANSWERED = """
import fastsynth
from cdktf import App, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.sqs_queue import SqsQueue

stack = TerraformStack(App(outdir="{outdir}"), "queues")
AwsProvider(stack, "aws", region="eu-central-1")
queue = SqsQueue(stack, "queue", name="queue")
print(type(queue.timeouts).__name__, type(queue.timeouts).__module__, queue.timeouts.create_input)
"""


@pytest.mark.slow
def test_jsii_makes_the_class_of_what_it_answers(small: Run, tmp_path: Path) -> None:
    """A block that a program only reads has its class, although the program never named it."""
    app = tmp_path / "app.py"
    app.write_text(ANSWERED.format(outdir=tmp_path / "out"))

    done = Run(app, tmp_path / "out", small.environment).done()

    assert done.stdout == "SqsQueueTimeoutsOutputReference cdktf_cdktf_provider_aws.sqs_queue None\n", done.stderr
    assert importlib.util.find_spec("cdktf_cdktf_provider_aws.sqs_queue") is not None
