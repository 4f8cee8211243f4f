"""The public entrance: an Application Load Balancer.

Always: TLS 1.2 or 1.3 only, plain HTTP redirected, malformed headers dropped,
every request logged, what no service claims answered with 404.
"""

from __future__ import annotations

from cdktf_cdktf_provider_aws.lb import Lb, LbAccessLogs
from cdktf_cdktf_provider_aws.lb_listener import (
    LbListener,
    LbListenerDefaultAction,
    LbListenerDefaultActionFixedResponse,
    LbListenerDefaultActionRedirect,
)
from cdktf_cdktf_provider_aws.route53_record import Route53Record, Route53RecordAlias
from constructs import Construct

from environments.operations import LoadBalancerSettings, MonitoringSettings
from modules import policies
from modules.bucket import Bucket
from modules.certificate import Certificate
from modules.connections import Connections
from modules.deployment import PARTITION, Deployment
from modules.network import Network
from modules.vitals import Vital

HTTP, HTTPS = 80, 443
TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
"""https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html"""


class LoadBalancer(Construct):
    """One load balancer with its listeners and its log bucket.

    Outputs: `name`, `arn`, `arn_suffix`, `dns_name`, `https_listener_arn`, `connections`.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        deployment: Deployment,
        network: Network,
        certificate: Certificate,
        settings: LoadBalancerSettings,
    ) -> None:
        super().__init__(scope, id)
        self.name = id
        self.connections = Connections(self, deployment=deployment, vpc_id=network.vpc_id, ports=(HTTP, HTTPS))
        logs = self._log_bucket(deployment, settings)
        balancer = Lb(
            self,
            "balancer",
            name=deployment.name("public"),
            load_balancer_type="application",
            internal=False,
            subnets=network.public.subnet_ids,
            security_groups=[self.connections.group_id],
            drop_invalid_header_fields=True,
            desync_mitigation_mode="strictest",
            enable_deletion_protection=deployment.protected,
            idle_timeout=settings.idle_timeout_seconds,
            access_logs=LbAccessLogs(bucket=logs.name, prefix="access", enabled=True),
            depends_on=[logs.policy],
        )
        LbListener(
            self,
            "http",
            load_balancer_arn=balancer.arn,
            port=HTTP,
            protocol="HTTP",
            default_action=[
                LbListenerDefaultAction(
                    type="redirect",
                    redirect=LbListenerDefaultActionRedirect(protocol="HTTPS", port=str(HTTPS), status_code="HTTP_301"),
                )
            ],
        )
        self.https_listener_arn: str = LbListener(
            self,
            "https",
            load_balancer_arn=balancer.arn,
            port=HTTPS,
            protocol="HTTPS",
            ssl_policy=TLS_POLICY,
            certificate_arn=certificate.arn,
            default_action=[
                LbListenerDefaultAction(
                    type="fixed-response",
                    fixed_response=LbListenerDefaultActionFixedResponse(
                        content_type="application/json", message_body='{"error":"not found"}', status_code="404"
                    ),
                )
            ],
        ).arn
        Route53Record(
            self,
            "record",
            zone_id=certificate.zone_id,
            name=certificate.domain,
            type="A",
            alias=Route53RecordAlias(name=balancer.dns_name, zone_id=balancer.zone_id, evaluate_target_health=True),
        )
        self.arn: str = balancer.arn
        self.arn_suffix: str = balancer.arn_suffix
        self.dns_name: str = balancer.dns_name
        self.log_bucket: str = logs.name

    def _log_bucket(self, deployment: Deployment, settings: LoadBalancerSettings) -> Bucket:
        """The load balancer writes with S3's own encryption only, never with a KMS key.

        https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
        """
        target = f"arn:{PARTITION}:s3:::{deployment.bucket('access-logs')}/access/AWSLogs/{deployment.account_id}/*"
        return Bucket(
            self,
            "logs",
            deployment=deployment,
            component="access-logs",
            key=None,
            old_version_days=30,
            expire_days=settings.access_log_retention_days,
            statements=[
                policies.allow(
                    "WrittenByTheLoadBalancer",
                    ["s3:PutObject"],
                    [target],
                    principal={"Service": "logdelivery.elasticloadbalancing.amazonaws.com"},
                    condition={"StringEquals": {"aws:SourceAccount": deployment.account_id}},
                )
            ],
        )

    def vitals(self, settings: MonitoringSettings) -> tuple[Vital, ...]:
        """What customers feel first: errors and waiting."""
        dimensions = {"LoadBalancer": self.arn_suffix}
        return (
            Vital(
                "server-errors",
                "AWS/ApplicationELB",
                "HTTPCode_Target_5XX_Count",
                dimensions,
                settings.server_errors_per_minute,
                why="Payments fail: services answer with errors.",
                statistic="Sum",
                hurts_customers=True,
            ),
            Vital(
                "balancer-errors",
                "AWS/ApplicationELB",
                "HTTPCode_ELB_5XX_Count",
                dimensions,
                settings.server_errors_per_minute,
                why="Payments fail: the load balancer finds no healthy service.",
                statistic="Sum",
                hurts_customers=True,
            ),
            Vital(
                "latency",
                "AWS/ApplicationELB",
                "TargetResponseTime",
                dimensions,
                settings.latency_seconds,
                why="Customers wait: one request in a hundred takes longer than promised.",
                statistic="p99",
                hurts_customers=True,
            ),
        )
