"""A region that is written out is recognised, whichever of AWS's it is."""

from __future__ import annotations

import boto3
import pytest

from planproof.document import parse
from planproof.reading.literals import written

REGIONS = [
    region
    for partition in ("aws", "aws-us-gov", "aws-cn")
    for region in boto3.Session().get_available_regions("ec2", partition)
]


@pytest.mark.parametrize("region", REGIONS)
def test_every_region_is_recognised(region: str) -> None:
    """A copy of production that still names the region of the original writes its backups there."""
    queue = {"name": f"copies-{region}", "tags": {"Owner": "north-station"}}
    document = parse({"resource": {"aws_sqs_queue": {"a": queue}}}, name="dev", source="cdk.tf.json")

    assert [(path, regions) for _, path, regions, _ in written(document)] == [("name", (region,))]


def test_regions_are_known() -> None:
    """The list is AWS's, and is not empty."""
    assert {"eu-central-1", "us-gov-west-1", "cn-north-1"} <= set(REGIONS)
