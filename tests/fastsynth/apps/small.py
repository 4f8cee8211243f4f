"""An app of two stacks; the second imports its namespaces when the first is made.

The first argument is the folder it writes to; `--fast` imports fastsynth.
"""

from __future__ import annotations

import importlib
import sys

if "--fast" in sys.argv:
    import fastsynth  # noqa: F401 - the import is what it does

from cdktf import App, TerraformOutput, TerraformStack
from cdktf_cdktf_provider_aws.provider import AwsProvider
from cdktf_cdktf_provider_aws.vpc import Vpc

app = App(outdir=sys.argv[1])
early = TerraformStack(app, "early")
AwsProvider(early, "aws", region="eu-central-1")
vpc = Vpc(early, "vpc", cidr_block="10.0.0.0/16", tags={"Name": "network"})

late = TerraformStack(app, "late")
AwsProvider(late, "aws", region="eu-central-1")
bucket = importlib.import_module("cdktf_cdktf_provider_aws.s3_bucket")
import cdktf_cdktf_provider_aws as aws  # noqa: E402 - late on purpose

made = bucket.S3Bucket(late, "bucket", bucket="ledger", versioning={"enabled": True})
aws.sqs_queue.SqsQueue(late, "queue", name=f"queue-of-{made.id}", kms_master_key_id=vpc.arn)
TerraformOutput(late, "domain", value=made.bucket_regional_domain_name)
app.synth()
