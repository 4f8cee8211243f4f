"""Access Analyzer, Config and Security Hub: what watches the account for the auditors."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.emulated_account import Account, refusal

TEMPLATE = "Resources: {}"
FSBP = "arn:aws:securityhub:eu-central-1::standards/aws-foundational-security-best-practices/v/1.0.0"
CIS = "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0"


@pytest.fixture
def analyzer(account: Account) -> Any:
    """An Access Analyzer client."""
    return account.client("accessanalyzer")


def test_analyzer_is_read_back(account: Account, analyzer: Any) -> None:
    """An analyzer that watches the account is active, so that open doors are found."""
    created = analyzer.create_analyzer(analyzerName="account", type="ACCOUNT", tags={"Owner": "audit"})

    found = analyzer.get_analyzer(analyzerName="account")["analyzer"]

    assert (found["arn"], found["status"], found["type"]) == (created["arn"], "ACTIVE", "ACCOUNT")
    assert found["tags"] == {"Owner": "audit"}
    assert created["arn"] == f"arn:aws:access-analyzer:eu-central-1:{account.id}:analyzer/account"


def test_unused_access_settings_are_kept(analyzer: Any) -> None:
    """How long a permission may lie unused is part of the analyzer."""
    settings = {"unusedAccess": {"unusedAccessAge": 90}}
    analyzer.create_analyzer(analyzerName="unused", type="ACCOUNT_UNUSED_ACCESS", configuration=settings)
    analyzer.create_analyzer(analyzerName="account", type="ACCOUNT")

    (unused,) = analyzer.list_analyzers(type="ACCOUNT_UNUSED_ACCESS")["analyzers"]

    assert (unused["name"], unused["configuration"]) == ("unused", settings)
    assert len(analyzer.list_analyzers()["analyzers"]) == 2


def test_analyzer_name_is_taken_once_and_freed(analyzer: Any) -> None:
    """Two stacks cannot own one analyzer; a deleted one can be made again."""
    analyzer.create_analyzer(analyzerName="account", type="ACCOUNT")
    assert refusal(analyzer.create_analyzer, analyzerName="account", type="ACCOUNT") == (
        "ConflictException",
        "Analyzer account already exists",
    )

    analyzer.delete_analyzer(analyzerName="account")

    assert refusal(analyzer.get_analyzer, analyzerName="account")[0] == "ResourceNotFoundException"
    analyzer.create_analyzer(analyzerName="account", type="ACCOUNT")


def test_analyzer_tags(analyzer: Any) -> None:
    """Tags are added and removed one by one; of an unknown analyzer there are none."""
    arn = analyzer.create_analyzer(analyzerName="account", type="ACCOUNT", tags={"Owner": "audit"})["arn"]
    analyzer.tag_resource(resourceArn=arn, tags={"Team": "core"})
    analyzer.untag_resource(resourceArn=arn, tagKeys=["Owner", "Absent"])

    assert analyzer.list_tags_for_resource(resourceArn=arn)["tags"] == {"Team": "core"}
    code, _ = refusal(analyzer.list_tags_for_resource, resourceArn=f"{arn}-other")
    assert code == "ResourceNotFoundException"


@pytest.fixture
def config(account: Account) -> Any:
    """An AWS Config client."""
    return account.client("config")


def test_conformance_pack_keeps_its_identity(config: Any) -> None:
    """A changed pack is the same pack: its findings' history stays."""
    first = config.put_conformance_pack(ConformancePackName="pci", TemplateBody=TEMPLATE)

    second = config.put_conformance_pack(
        ConformancePackName="pci",
        TemplateBody=TEMPLATE,
        ConformancePackInputParameters=[{"ParameterName": "days", "ParameterValue": "90"}],
    )

    (found,) = config.describe_conformance_packs(ConformancePackNames=["pci"])["ConformancePackDetails"]
    assert first["ConformancePackArn"] == second["ConformancePackArn"] == found["ConformancePackArn"]
    assert found["ConformancePackInputParameters"][0]["ParameterValue"] == "90"


def test_conformance_pack_is_complete_at_once(config: Any) -> None:
    """The deployment waits for this status before it goes on."""
    config.put_conformance_pack(ConformancePackName="pci", TemplateBody=TEMPLATE)
    config.put_conformance_pack(ConformancePackName="cis", TemplateBody=TEMPLATE)

    named = config.describe_conformance_pack_status(ConformancePackNames=["pci", "nosuch"])
    everything = config.describe_conformance_pack_status()

    (status,) = named["ConformancePackStatusDetails"]
    assert (status["ConformancePackName"], status["ConformancePackState"]) == ("pci", "CREATE_COMPLETE")
    assert len(everything["ConformancePackStatusDetails"]) == 2
    assert len(config.describe_conformance_packs()["ConformancePackDetails"]) == 2


def test_conformance_pack_errors(config: Any) -> None:
    """A pack without a template, and one that is not there, are refused."""
    assert refusal(config.put_conformance_pack, ConformancePackName="pci")[0] == "InvalidParameterValueException"
    gone = ("NoSuchConformancePackException", "Conformance pack pci does not exist")
    assert refusal(config.delete_conformance_pack, ConformancePackName="pci") == gone

    config.put_conformance_pack(ConformancePackName="pci", TemplateBody=TEMPLATE)
    config.delete_conformance_pack(ConformancePackName="pci")

    assert refusal(config.describe_conformance_packs, ConformancePackNames=["pci"]) == gone


@pytest.fixture
def hub(account: Account) -> Any:
    """A Security Hub client of an account that has the hub enabled."""
    client = account.client("securityhub")
    client.enable_security_hub(EnableDefaultStandards=False)
    return client


def test_hub_configuration_is_kept(hub: Any) -> None:
    """Whether new controls are on is decided by us, and read back."""
    before = hub.describe_hub()
    hub.update_security_hub_configuration(AutoEnableControls=False, ControlFindingGenerator="STANDARD_CONTROL")
    after = hub.describe_hub()

    assert (before["AutoEnableControls"], before["ControlFindingGenerator"]) == (True, "SECURITY_CONTROL")
    assert (after["AutoEnableControls"], after["ControlFindingGenerator"]) == (False, "STANDARD_CONTROL")


def test_standards_are_subscribed_and_ended(account: Account, hub: Any) -> None:
    """The standards an auditor asks for are on, under the ARNs that AWS gives them."""
    hub.batch_enable_standards(StandardsSubscriptionRequests=[{"StandardsArn": FSBP}, {"StandardsArn": CIS}])

    found = hub.get_enabled_standards()["StandardsSubscriptions"]

    prefix = f"arn:aws:securityhub:eu-central-1:{account.id}:subscription"
    fsbp, cis = (
        f"{prefix}/aws-foundational-security-best-practices/v/1.0.0",
        f"{prefix}/cis-aws-foundations-benchmark/v/1.2.0",
    )
    assert [(one["StandardsSubscriptionArn"], one["StandardsStatus"]) for one in found] == [
        (fsbp, "READY"),
        (cis, "READY"),
    ]

    ended = hub.batch_disable_standards(StandardsSubscriptionArns=[cis, f"{cis}-other"])
    assert [one["StandardsStatus"] for one in ended["StandardsSubscriptions"]] == ["DELETING"]
    assert hub.get_enabled_standards(StandardsSubscriptionArns=[cis])["StandardsSubscriptions"] == []
    assert len(hub.get_enabled_standards(StandardsSubscriptionArns=[fsbp])["StandardsSubscriptions"]) == 1


def test_closed_hub_forgets_and_refuses(hub: Any) -> None:
    """Without a hub there are no standards; one that is opened again has the defaults."""
    hub.batch_enable_standards(StandardsSubscriptionRequests=[{"StandardsArn": CIS}])
    hub.update_security_hub_configuration(AutoEnableControls=False)

    hub.disable_security_hub()

    requests = [{"StandardsArn": CIS}]
    code, _ = refusal(hub.batch_enable_standards, StandardsSubscriptionRequests=requests)
    assert code == "InvalidAccessException"
    hub.enable_security_hub(EnableDefaultStandards=False)
    assert hub.describe_hub()["AutoEnableControls"] is True
    assert hub.get_enabled_standards()["StandardsSubscriptions"] == []
