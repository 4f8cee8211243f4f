"""Who notices an attack: GuardDuty, Security Hub, Access Analyzer and Inspector (PCI DSS 11.5)."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.accessanalyzer_analyzer import AccessanalyzerAnalyzer
from cdktf_cdktf_provider_aws.guardduty_detector import GuarddutyDetector
from cdktf_cdktf_provider_aws.guardduty_detector_feature import GuarddutyDetectorFeature
from cdktf_cdktf_provider_aws.inspector2_enabler import Inspector2Enabler
from cdktf_cdktf_provider_aws.securityhub_account import SecurityhubAccount
from cdktf_cdktf_provider_aws.securityhub_standards_subscription import SecurityhubStandardsSubscription
from constructs import Construct

from environments.operations import AuditSettings
from modules.deployment import PARTITION, Deployment

FEATURES = ("S3_DATA_EVENTS", "RDS_LOGIN_EVENTS", "EBS_MALWARE_PROTECTION", "LAMBDA_NETWORK_LOGS")
STANDARDS = ("aws-foundational-security-best-practices/v/1.0.0", "pci-dss/v/4.0.1")
"""https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html"""


class Detection(Construct):
    """The detectors of the account that the settings switch on."""

    def __init__(self, scope: Construct, id: str, *, deployment: Deployment, settings: AuditSettings) -> None:
        super().__init__(scope, id)
        if settings.guardduty:
            detector = GuarddutyDetector(self, "guardduty", enable=True, finding_publishing_frequency="FIFTEEN_MINUTES")
            for feature in FEATURES:
                GuarddutyDetectorFeature(
                    self,
                    feature.lower().replace("_", "-"),
                    detector_id=detector.id,
                    name=feature,
                    status="ENABLED",
                )
        if settings.security_hub:
            hub = SecurityhubAccount(self, "security-hub", enable_default_standards=False)
            for standard in STANDARDS:
                SecurityhubStandardsSubscription(
                    self,
                    standard.split("/")[0],
                    standards_arn=f"arn:{PARTITION}:securityhub:{deployment.region}::standards/{standard}",
                    depends_on=[hub],
                )
        if settings.access_analyzer:
            AccessanalyzerAnalyzer(self, "access-analyzer", analyzer_name=deployment.name(id), type="ACCOUNT")
        if settings.inspector:
            Inspector2Enabler(self, "inspector", account_ids=[deployment.account_id], resource_types=["ECR"])
