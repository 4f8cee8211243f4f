"""A bad day at AWS, played: which calls may be made to fail, how often, and how it ends."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from emulator import remote
from emulator.faults import Fault
from emulator.process import running
from tests.emulator.emulated_account import Account, refusal
from tests.emulator.emulator_requests import ask, mine

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_fault_makes_an_action_fail_and_heals(account: Account) -> None:
    """A bad day at AWS can be played: the action fails as asked, changes nothing, and works again after."""
    sqs = account.client("sqs")
    remote.inject(account.url, Fault("sqs", "CreateQueue", code="Throttled", message="slow down", status=429))
    try:
        assert refusal(sqs.create_queue, QueueName="q") == ("Throttled", "slow down")
        assert mine(account)[-1].source == "fault"
        assert "QueueUrls" not in sqs.list_queues()
    finally:
        remote.heal(account.url)

    sqs.create_queue(QueueName="q")


def test_fault_hits_a_number_of_calls(account: Account) -> None:
    """A fault that passes shows whether a retry helps; setting it again counts anew."""
    sns = account.client("sns")
    for times in (5, 2):
        remote.inject(account.url, Fault("sns", "CreateTopic", code="Throttled", times=times))

    results = [
        refusal(sns.create_topic, Name="a")[0],
        refusal(sns.create_topic, Name="a")[0],
        sns.create_topic(Name="a")["ResponseMetadata"]["HTTPStatusCode"],
    ]

    assert results == ["Throttled", "Throttled", 200]


def test_fault_can_be_mere_slowness(account: Account) -> None:
    """A slow action still works: so a test can interrupt a deployment while it waits."""
    remote.inject(account.url, Fault("sns", "ListTopics", seconds=0.3, times=1))

    started = time.monotonic()
    topics = account.client("sns").list_topics()["Topics"]

    assert time.monotonic() - started >= 0.3
    assert topics == []


def test_reset_gives_back_an_empty_aws(tmp_path: Path) -> None:
    """A demonstration can begin again without a new process: what moto keeps and what we keep is gone."""
    with running(log=tmp_path / "emulator.log") as emulator:
        check_reset(Account(url=emulator.url, id="123456789012"))


def check_reset(account: Account) -> None:
    """Fill an emulator of one's own, and reset it: a shared one has the accounts of all other tests."""
    sqs, analyzer = account.client("sqs"), account.client("accessanalyzer")
    sqs.create_queue(QueueName="q")
    analyzer.create_analyzer(analyzerName="a", type="ACCOUNT")
    remote.inject(account.url, Fault("sns", "ListTopics", code="Throttled"))

    remote.reset(account.url)

    assert remote.calls(account.url) == ()
    assert "QueueUrls" not in sqs.list_queues()
    assert analyzer.list_analyzers()["analyzers"] == []
    assert account.client("sns").list_topics()["Topics"] == []


def test_faults_are_listed(url: str) -> None:
    """Who wonders why an action fails can see the faults now set."""
    remote.inject(url, Fault("ssm", "GetParameter", code="X"))
    try:
        status, listed = ask(url, "GET", "/_emulator/faults")
    finally:
        remote.heal(url)

    wanted = {"service": "ssm", "operation": "GetParameter", "code": "X", "message": "", "status": 400}
    assert (status, listed) == (200, [{**wanted, "seconds": 0.0, "times": None}])


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("no json", "Expecting value: line 1 column 1 (char 0)"),
        ('{"service": "sqs"}', "missing 1 required positional argument: 'operation'"),
        ('{"service": "sqs", "operation": "X", "odd": 1}', "unexpected keyword argument 'odd'"),
        ("[]", "argument after ** must be a mapping, not list"),
    ],
)
def test_broken_fault_is_refused(url: str, body: str, problem: str) -> None:
    """A misspelt fault is told, or a test would believe in a failure that never comes."""
    status, content = ask(url, "POST", "/_emulator/faults", body)

    assert status == 400
    assert content["message"].startswith(
        "a fault is a JSON object of service, operation, code, message, status, seconds, times; "
    )
    assert content["message"].endswith(problem)
