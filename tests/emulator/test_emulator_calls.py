"""Which calls are answered, by whom, and what is logged."""

from __future__ import annotations

import http.client
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from botocore.exceptions import ClientError
from werkzeug.test import Client

from emulator import remote, services
from emulator.app import EmulatorApp
from emulator.handler import Call, Handler
from tests.emulator.emulated_account import Account, refusal
from tests.emulator.emulator_requests import ask, mine, signed


def test_unknown_action_names_itself_and_its_file(account: Account) -> None:
    """Who meets a gap learns at once what is missing and where to add it; no SDK retries a 501."""
    elasticache = account.client("elasticache")

    code, message = refusal(elasticache.create_serverless_cache, ServerlessCacheName="x", Engine="valkey")

    assert code == "NotImplemented"
    assert message == (  # the name of the exception is moto's own word for what it lacks
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


def test_log_of_calls_can_be_emptied(account: Account) -> None:
    """A test asks what its own step has called, not what came before; what was created stays."""
    sqs = account.client("sqs")
    sqs.create_queue(QueueName="q")

    remote.forget_calls(account.url)

    assert mine(account) == []
    assert len(sqs.list_queues()["QueueUrls"]) == 1


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
