"""Changes to the load balancer and what stands in front of it."""

from __future__ import annotations

from tests.review.generate.change import HUMAN, SAFE, change
from tests.review.generate.stack import Stack

BALANCER = "aws_lb.entrance_balancer"
HTTPS = "aws_lb_listener.entrance_https"
HTTP = "aws_lb_listener.entrance_http"
GROUP = "aws_lb_target_group.payments-target_group"


@change(HUMAN, ("replaced", BALANCER), ("downtime", BALANCER), ("access-narrowed", BALANCER))
def balancer_becomes_internal(stack: Stack) -> None:
    """The load balancer is taken from the internet, which makes a new one."""
    stack.set("entrance/balancer", internal=True)


@change(HUMAN, ("replaced", BALANCER), ("downtime", BALANCER))
def balancer_is_renamed(stack: Stack) -> None:
    """The load balancer gets another name, which makes a new one at another address."""
    stack.set("entrance/balancer", name="payflow-front-staging")


@change(HUMAN, ("protection-removed", BALANCER))
def balancer_may_be_deleted(stack: Stack) -> None:
    """Deletion protection of the load balancer is switched off."""
    stack.set("entrance/balancer", enable_deletion_protection=False)


@change(SAFE, ("updated", BALANCER))
def balancer_waits_longer(stack: Stack) -> None:
    """Idle connections are kept for 90 seconds rather than 60."""
    stack.set("entrance/balancer", idle_timeout=90)


@change(HUMAN, ("protection-removed", BALANCER))
def balancer_is_not_logged(stack: Stack) -> None:
    """Access logs are switched off."""
    stack.part("entrance/balancer")["access_logs"]["enabled"] = False


@change(HUMAN, ("protection-removed", BALANCER))
def balancer_passes_invalid_headers(stack: Stack) -> None:
    """Headers that are not valid HTTP are passed on to the services."""
    stack.set("entrance/balancer", drop_invalid_header_fields=False)


@change(HUMAN, ("protection-removed", HTTPS))
def old_tls_is_accepted(stack: Stack) -> None:
    """TLS 1.0 and 1.1 are accepted again."""
    stack.set("entrance/https", ssl_policy="ELBSecurityPolicy-2016-08")


@change(SAFE, ("replaced", "aws_acm_certificate.certificate"), ("unknown", HTTPS))
def certificate_is_replaced(stack: Stack) -> None:
    """A new certificate with an RSA key is made and used before the old one is deleted."""
    stack.set("certificate/certificate", key_algorithm="RSA_2048")


@change(HUMAN, ("protection-removed", HTTP))
def plain_http_is_forwarded(stack: Stack) -> None:
    """Plain HTTP reaches payments rather than being sent to HTTPS."""
    group = stack.address("payments-target/group")
    stack.set("entrance/http", default_action=[{"type": "forward", "target_group_arn": f"${{{group}.arn}}"}])


@change(HUMAN, ("replaced", GROUP), ("downtime", GROUP))
def target_port_is_changed(stack: Stack) -> None:
    """The target group of payments is made anew for another port: it is empty until tasks register."""
    stack.set("payments-target/group", port=9090, name="payflow-payments-9090-staging")


@change(SAFE, ("updated", GROUP))
def health_is_asked_elsewhere(stack: Stack) -> None:
    """The load balancer asks another path whether payments is healthy."""
    stack.part("payments-target/group")["health_check"]["path"] = "/ready"


@change(HUMAN, ("protection-removed", "aws_wafv2_web_acl_association.firewall_association"))
def firewall_is_taken_away(stack: Stack) -> None:
    """The load balancer stands without its web application firewall."""
    stack.remove("firewall/association")


@change(HUMAN, ("protection-removed", "aws_wafv2_web_acl.firewall_web-acl"))
def firewall_only_counts(stack: Stack) -> None:
    """The firewall counts what its common rules match and lets it pass."""
    rule = next(
        item for item in stack.part("firewall/web-acl")["rule"] if item["name"] == "AWSManagedRulesCommonRuleSet"
    )
    rule["override_action"] = {"count": {}}


@change(HUMAN, ("deleted", "aws_lb_listener_rule.payments-target_rule"), ("downtime", "payments-target_rule"))
def route_to_payments_is_removed(stack: Stack) -> None:
    """Customers' requests no longer reach payments: the listener rule is gone."""
    stack.remove("payments-target/rule")
