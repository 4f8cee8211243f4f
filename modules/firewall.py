"""The web application firewall in front of the load balancer (PCI DSS 6.4.2)."""

from __future__ import annotations

from typing import Any

from cdktf_cdktf_provider_aws.wafv2_web_acl import (
    Wafv2WebAcl,
    Wafv2WebAclDefaultAction,
    Wafv2WebAclDefaultActionAllow,
    Wafv2WebAclRule,
    Wafv2WebAclRuleAction,
    Wafv2WebAclRuleActionBlock,
    Wafv2WebAclRuleOverrideAction,
    Wafv2WebAclRuleOverrideActionNone,
    Wafv2WebAclRuleVisibilityConfig,
    Wafv2WebAclVisibilityConfig,
)
from cdktf_cdktf_provider_aws.wafv2_web_acl_association import Wafv2WebAclAssociation
from cdktf_cdktf_provider_aws.wafv2_web_acl_logging_configuration import (
    Wafv2WebAclLoggingConfiguration,
    Wafv2WebAclLoggingConfigurationRedactedFields,
    Wafv2WebAclLoggingConfigurationRedactedFieldsSingleHeader,
)
from constructs import Construct

from modules.deployment import Deployment
from modules.key import Key
from modules.load_balancer import LoadBalancer
from modules.log_group import LogGroup

MANAGED_GROUPS = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesKnownBadInputsRuleSet",
    "AWSManagedRulesSQLiRuleSet",
)
"""https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html"""


class Firewall(Construct):
    """The web ACL of one load balancer, with its log."""

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        load_balancer: LoadBalancer,
        key: Key,
        requests_per_5_minutes: int,
        retention_days: int,
    ) -> None:
        super().__init__(scope, id)
        web_acl = Wafv2WebAcl(
            self,
            "web-acl",
            name=deployment.name(id),
            scope="REGIONAL",
            default_action=Wafv2WebAclDefaultAction(allow=Wafv2WebAclDefaultActionAllow()),
            rule=[
                _rule("rate", 0, _rate(requests_per_5_minutes), blocks=True),
                *(
                    _rule(group, priority, _managed(group), blocks=False)
                    for priority, group in enumerate(MANAGED_GROUPS, start=1)
                ),
            ],
            visibility_config=Wafv2WebAclVisibilityConfig(
                cloudwatch_metrics_enabled=True, metric_name=deployment.name(id), sampled_requests_enabled=True
            ),
        )
        Wafv2WebAclAssociation(self, "association", resource_arn=load_balancer.arn, web_acl_arn=web_acl.arn)
        log = LogGroup(self, "log", name=f"aws-waf-logs-{deployment.name(id)}", key=key, retention_days=retention_days)
        Wafv2WebAclLoggingConfiguration(
            self,
            "logging",
            resource_arn=web_acl.arn,
            log_destination_configs=[log.arn],
            redacted_fields=[
                Wafv2WebAclLoggingConfigurationRedactedFields(
                    single_header=Wafv2WebAclLoggingConfigurationRedactedFieldsSingleHeader(name=header)
                )
                for header in ("authorization", "cookie")
            ],
        )


def _rule(name: str, priority: int, statement: dict[str, Any], *, blocks: bool) -> Wafv2WebAclRule:
    """A rule of our own blocks; a managed group decides by itself."""
    return Wafv2WebAclRule(
        name=name,
        priority=priority,
        statement=statement,
        action=Wafv2WebAclRuleAction(block=Wafv2WebAclRuleActionBlock()) if blocks else None,
        override_action=None if blocks else Wafv2WebAclRuleOverrideAction(none=Wafv2WebAclRuleOverrideActionNone()),
        visibility_config=Wafv2WebAclRuleVisibilityConfig(
            cloudwatch_metrics_enabled=True, metric_name=name, sampled_requests_enabled=True
        ),
    )


def _rate(limit: int) -> dict[str, Any]:
    return {"rate_based_statement": {"limit": limit, "aggregate_key_type": "IP"}}


def _managed(group: str) -> dict[str, Any]:
    return {"managed_rule_group_statement": {"name": group, "vendor_name": "AWS"}}
