"""A running emulator, and an empty account of its own for each test."""

from __future__ import annotations

import itertools
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from emulator.process import running
from emulator.server import serving
from tests.emulator.emulated_account import Account

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBERS: Final = itertools.count(100_000_000_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let moto warn of errors that are in no service's model: a 501 and an injected fault never are.

    In its own process the emulator does so itself; here pytest would make an error of it.
    """
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.filterwarnings(r"ignore:Exception\(AwsError\) with code:UserWarning"))


@pytest.fixture(scope="session")
def process_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An emulator as the deployment starts it: a process of its own."""
    with running(log=tmp_path_factory.mktemp("emulator") / "emulator.log") as emulator:
        yield emulator.url


@pytest.fixture(scope="session")
def thread_url() -> Iterator[str]:
    """The same server in this process, where coverage sees it."""
    with serving() as url:
        yield url


@pytest.fixture(params=[pytest.param("process", marks=pytest.mark.slow), "thread"])
def url(request: pytest.FixtureRequest) -> str:
    """Where an emulator listens: every test that asks for it runs against both kinds."""
    found: str = request.getfixturevalue(f"{request.param}_url")
    return found


@pytest.fixture
def account(url: str) -> Account:
    """An account that nobody else uses, so that tests share one emulator in any order."""
    return Account(url=url, id=str(next(NUMBERS)))


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads of this process that change at almost every step, so that a race is lost if it can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]
