"""Which calls are answered, by whom, what is logged, and what may be made to fail."""

from __future__ import annotations

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError
from werkzeug.test import Client

from emulator import remote, services
from emulator.app import EmulatorApp
from emulator.faults import Fault
from emulator.handler import Call, Handler
from emulator.process import running
from tests.emulator.emulated_account import Account, refusal

if TYPE_CHECKING:
    from pathlib import Path


def mine(account: Account) -> list[Any]:
    """Give the calls of this test's account."""
    return [call for call in remote.calls(account.url) if call.account == account.id]


def ask(url: str, method: str, path: str, body: str | None = None) -> tuple[int, Any]:
    """Send a plain HTTP request."""
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)) as connection:
        connection.request(method, path, body=body)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


def test_unknown_action_names_itself_and_its_file(account: Account) -> None:
    """Who meets a gap learns at once what is missing and where to add it; no SDK retries a 501."""
    elasticache = account.client("elasticache")

    code, message = refusal(elasticache.create_serverless_cache, ServerlessCacheName="x", Engine="valkey")

    assert code == "NotImplemented"
    assert message == (
        "elasticache CreateServerlessCache is not emulated: moto 5.2.5 answered with NotImplementedError: "
        "The create_serverless_cache action has not been implemented. "
        "Add CreateServerlessCache to emulator/services/elasticache.py"
    )
    (call,) = mine(account)
    assert (call.status, call.source, call.operation) == (501, "missing", "CreateServerlessCache")


def test_action_whose_address_moto_does_not_serve(account: Account) -> None:
    """A service with addresses of its own kind gets the same answer, not a page in HTML."""
    code, message = refusal(
        account.client("accessanalyzer").validate_policy, policyDocument="{}", policyType="IDENTITY_POLICY"
    )

    assert code == "NotImplemented"
    assert message.endswith("Add ValidatePolicy to emulator/services/accessanalyzer.py")


def test_failure_of_a_handler_is_told_like_a_gap() -> None:
    """A mistake in a handler is no endless retry either: its cause is in the message."""

    def broken(_: Call) -> None:
        raise KeyError("QueueUrl")

    handler = Handler(service="sqs", operations=("ListQueues",), answer=broken)
    application = EmulatorApp(services.by_action([handler]), lambda: datetime.now(UTC))

    response = Client(application).post("/", json={}, headers=signed("sqs", target="AmazonSQS.ListQueues"))

    assert response.status_code == 501
    assert (
        "sqs ListQueues is not emulated: moto 5.2.5 answered with KeyError: 'QueueUrl'. "
        "Add ListQueues to emulator/services/sqs.py"
    ) in response.text


def test_handlers_answer_one_at_a_time() -> None:
    """A handler looks, decides and writes undisturbed: no two deployments get the same name or slot."""
    inside: list[int] = []
    most: list[int] = []

    def slow(_: Call) -> None:
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.01)
        inside.pop()

    handler = Handler(service="sqs", operations=("ListQueues",), answer=slow)
    application = EmulatorApp(services.by_action([handler]), lambda: datetime.now(UTC))

    def ask_once(_: int) -> int:
        headers = signed("sqs", target="AmazonSQS.ListQueues")
        return Client(application).post("/", json={}, headers=headers).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = set(pool.map(ask_once, range(16)))

    assert statuses == {200}
    assert (len(most), max(most)) == (16, 1)


def signed(service: str, *, account: str = "test", target: str = "") -> dict[str, str]:
    """Sign a request, as far as the emulator looks."""
    scope = f"{account}/20260101/eu-central-1/{service}/aws4_request"
    return {
        "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}",
        "X-Amz-Target": target,
        "Content-Type": "application/x-amz-json-1.0",
    }


def test_calls_are_logged_with_who_answered(account: Account) -> None:
    """A test of a deployment can ask what was really called: reads in short, changes with parameters."""
    backup, sns = account.client("backup"), account.client("sns")
    sns.create_topic(Name="alarms")
    sns.list_topics()
    refusal(backup.get_backup_vault_access_policy, BackupVaultName="nosuch")

    created, listed, refused = mine(account)

    assert (created.service, created.operation, created.region) == ("sns", "CreateTopic", "eu-central-1")
    assert (created.source, created.status, created.params) == ("moto", 200, {"Name": "alarms"})
    assert (listed.source, listed.params) == ("moto", None)
    assert (refused.source, refused.error) == ("handler", "ResourceNotFoundException")
    assert 0 <= created.seconds < 60


@pytest.mark.parametrize(("service", "status", "source"), [("nosuch", 501, "missing"), ("sqs", 404, "moto")])
def test_request_that_is_no_action(account: Account, service: str, status: int, source: str) -> None:
    """A signed request that no service model describes gets an answer, and is logged as it came."""
    with closing(http.client.HTTPConnection(urlsplit(account.url).netloc, timeout=30)) as connection:
        connection.request("GET", "/no/where", headers=signed(service, account=account.id))
        found = connection.getresponse().status

    (call,) = mine(account)
    assert found == status
    assert (call.service, call.operation, call.source) == (service, "GET /no/where", source)


def test_unsigned_request_goes_to_moto(url: str) -> None:
    """The pages of moto itself stay reachable for people who want to look."""
    page = "/moto-api/state-manager/get-transition?model_name=dax::cluster"

    assert ask(url, "GET", page) == (200, {"progression": "manual", "times": 4})


def test_access_key_names_the_account(url: str) -> None:
    """Each environment deploys to its own account, even on one emulator: the key of twelve digits is it."""
    staging, prod = Account(url, "200000000001"), Account(url, "200000000002")
    staging.client("sqs").create_queue(QueueName="payments")

    assert staging.client("sts").get_caller_identity()["Account"] == "200000000001"
    assert "QueueUrls" not in prod.client("sqs").list_queues()
    assert Account(url, "test").client("sts").get_caller_identity()["Account"] == "123456789012"


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


def test_log_of_calls_can_be_emptied(account: Account) -> None:
    """A test asks what its own step has called, not what came before; what was created stays."""
    sqs = account.client("sqs")
    sqs.create_queue(QueueName="q")

    remote.forget_calls(account.url)

    assert mine(account) == []
    assert len(sqs.list_queues()["QueueUrls"]) == 1


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


def test_body_may_come_in_pieces(url: str) -> None:
    """Some tools send a body without its length; it is read whole, so the connection stays usable."""
    pieces = [b'{"service": "ssm", ', b'"operation": "PutParameter", "times": 1}']
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)) as connection:
        connection.request("POST", "/_emulator/faults", body=iter(pieces), encode_chunked=True)
        response = connection.getresponse()
        fault = json.load(response)
        connection.request("DELETE", "/_emulator/faults")
        second = connection.getresponse().status

    assert (fault["service"], fault["operation"], second) == ("ssm", "PutParameter", 200)


def test_unknown_page_is_refused(url: str) -> None:
    """A misspelt page is an error with the name of the page."""
    found = ask(url, "GET", "/_emulator/nosuch")

    assert found == (404, {"message": "GET /_emulator/nosuch is no page of the emulator"})


def test_remote_tells_what_the_emulator_refuses(url: str) -> None:
    """The functions for tests fail loudly."""
    with pytest.raises(ValueError, match="is no page of the emulator"):
        remote._ask(url, "GET", "nosuch")  # noqa: SLF001 - the pages it names itself all exist


def test_health_names_moto(url: str) -> None:
    """Who asks learns that it is ready, and which moto answers."""
    assert ask(url, "GET", "/_emulator/health") == (200, {"status": "ready", "moto": "5.2.5"})


@pytest.mark.usefixtures("hasty_threads")
def test_parallel_creations_are_all_kept_and_names_taken_once(account: Account) -> None:
    """Terraform calls ten at a time: nothing gets lost, and a name is given to exactly one."""
    clients = [account.client("elasticache") for _ in range(8)]

    def create(job: tuple[int, str]) -> str:
        number, name = job
        try:
            clients[number % len(clients)].create_user_group(UserGroupId=name, Engine="redis", UserIds=["default"])
        except ClientError as error:
            return str(error.response["Error"]["Code"])
        return "created"

    jobs = [(number, f"own-{number}" if number % 2 else "shared") for number in range(80)]
    with ThreadPoolExecutor(len(clients)) as pool:
        results = list(pool.map(create, jobs))

    assert (results.count("created"), results.count("UserGroupAlreadyExists")) == (41, 39)
    groups = clients[0].describe_user_groups()["UserGroups"]
    assert len({group["UserGroupId"] for group in groups}) == len(groups) == 41
    (default,) = clients[0].describe_users(UserId="default")["Users"]
    assert len(default["UserGroupIds"]) == 41
