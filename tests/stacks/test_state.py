"""The stack that keeps the state: whoever loses a state loses the way back to everything that was deployed with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from planproof.document import Document, Resource, load
from tests.conftest import PLATFORMS

BLOCKED = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")


@pytest.fixture(scope="module")
def states(cdktf_out: Path) -> dict[str, Document]:
    """The stack of each environment's state, by environment."""
    return {
        document.name.removesuffix("-state"): document
        for document in load(cdktf_out)
        if document.name.endswith("-state")
    }


def only(document: Document, kind: str) -> Resource:
    """The one resource of a type."""
    (found,) = document.of(kind)
    return found


def backend(synthesized: dict[str, dict[str, Any]], environment: str) -> dict[str, Any]:
    """Where the environment's stack says that its state is."""
    found: dict[str, Any] = synthesized[environment]["terraform"]["backend"]["s3"]
    return found


@pytest.mark.parametrize("environment", PLATFORMS)
def test_the_bucket_and_the_key_are_those_of_the_backend(
    environment: str, states: dict[str, Document], synthesized: dict[str, dict[str, Any]], cdktf_out: Path
) -> None:
    """What `make deploy ENV=staging-state` makes is where `make deploy ENV=staging` looks: region, bucket and key."""
    state, wanted = states[environment], backend(synthesized, environment)
    raw = json.loads((cdktf_out / f"stacks/{environment}-state/cdk.tf.json").read_text(encoding="utf-8"))
    alias = only(state, "aws_kms_alias")

    assert [provider["region"] for provider in raw["provider"]["aws"]] == [wanted["region"]]
    assert only(state, "aws_s3_bucket").get("bucket") == wanted["bucket"]
    assert wanted["kms_key_id"].endswith(f":{alias.get('name')}")
    assert state.target(alias, "target_key_id") == only(state, "aws_kms_key")


@pytest.mark.parametrize("environment", PLATFORMS)
def test_every_state_can_be_had_back(environment: str, states: dict[str, Document]) -> None:
    """A state that a deployment broke is the version before; no destruction takes it along, not even in dev."""
    state = states[environment]

    assert only(state, "aws_s3_bucket_versioning").get("versioning_configuration.status") == "Enabled"
    assert only(state, "aws_s3_bucket").get("force_destroy") is False


@pytest.mark.parametrize("environment", PLATFORMS)
def test_a_state_is_read_by_nobody_else(environment: str, states: dict[str, Document]) -> None:
    """A state names every door of the platform: encrypted by our key, never public or in the clear."""
    state = states[environment]
    encryption = only(state, "aws_s3_bucket_server_side_encryption_configuration")
    default = "rule.0.apply_server_side_encryption_by_default"
    policy: Any = only(state, "aws_s3_bucket_policy").policy("policy")
    block = only(state, "aws_s3_bucket_public_access_block")

    assert encryption.get(f"{default}.sse_algorithm") == "aws:kms"
    assert state.target(encryption, f"{default}.kms_master_key_id") == only(state, "aws_kms_key")
    assert only(state, "aws_kms_key").get("enable_key_rotation") is True
    (statement,) = policy["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert [resource.rsplit(":", 1)[-1].partition("/")[2] for resource in statement["Resource"]] == ["", "*"]
    assert {block.get(name) for name in BLOCKED} == {True}
