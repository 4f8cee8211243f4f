"""The certificate of the public name, issued and renewed by ACM, validated by DNS."""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.acm_certificate import AcmCertificate
from cdktf_cdktf_provider_aws.acm_certificate_validation import AcmCertificateValidation
from cdktf_cdktf_provider_aws.data_aws_route53_zone import DataAwsRoute53Zone
from cdktf_cdktf_provider_aws.route53_record import Route53Record
from constructs import Construct

from modules.deployment import Deployment

VALIDATION_TTL_SECONDS = 300


class Certificate(Construct):
    """One certificate for the domain itself; its zone comes with the remote state.

    Outputs: `arn` (of the validated certificate), `domain`, `zone_id`.
    """

    def __init__(self, scope: Construct, id: str, *, deployment: Deployment, domain: str) -> None:
        super().__init__(scope, id)
        zone = DataAwsRoute53Zone(self, "zone", name=domain, private_zone=False)
        certificate = AcmCertificate(
            self,
            "certificate",
            domain_name=domain,
            validation_method="DNS",
            key_algorithm="EC_prime256v1",
            lifecycle=TerraformResourceLifecycle(create_before_destroy=True),
            tags={"Name": deployment.name(id)},
        )
        proof = certificate.domain_validation_options.get(0)
        record = Route53Record(
            self,
            "proof",
            zone_id=zone.zone_id,
            name=proof.resource_record_name,
            type=proof.resource_record_type,
            records=[proof.resource_record_value],
            ttl=VALIDATION_TTL_SECONDS,
            allow_overwrite=True,
        )
        self.arn: str = AcmCertificateValidation(
            self, "validation", certificate_arn=certificate.arn, validation_record_fqdns=[record.fqdn]
        ).certificate_arn
        self.domain = domain
        self.zone_id: str = zone.zone_id
