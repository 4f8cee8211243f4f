"""The calls that people must hear of: one metric filter each, 4.1 to 4.15 of the CIS AWS Foundations Benchmark 3.0.

The patterns: https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final


def _any_of(*calls: str, service: str | None = None) -> str:
    """The pattern of a filter that counts these calls, of one service where calls of others have the same names."""
    said = " || ".join(f"($.eventName = {call})" for call in calls)
    return f"{{ ($.eventSource = {service}.amazonaws.com) && ({said}) }}" if service else f"{{ {said} }}"


CALLS: Final[Mapping[str, tuple[str, str]]] = {
    "refused-calls": (
        '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
        "Calls are refused: a role is broken or somebody tries doors.",
    ),
    "sign-in-without-mfa": (
        (
            '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && '
            '($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }'
        ),
        "Somebody signed in with a password alone: whoever learns it can do the same.",
    ),
    "root-login": (
        '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
        "Somebody used the root user: nobody should, ever.",
    ),
    "iam-changes": (
        _any_of(
            *(f"{verb}{whose}Policy" for verb in ("Put", "Delete") for whose in ("Group", "Role", "User")),
            *(f"{verb}{whose}Policy" for verb in ("Attach", "Detach") for whose in ("Group", "Role", "User")),
            *(f"{verb}Policy{what}" for verb in ("Create", "Delete") for what in ("", "Version")),
            service="iam",
        ),
        "Who may do what was changed.",
    ),
    "trail-changes": (
        _any_of("CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"),
        "The trail was changed: the account may be losing its memory.",
    ),
    "failed-sign-in": (
        '{ ($.eventName = ConsoleLogin) && ($.errorMessage = "Failed authentication") }',
        "A sign-in failed: somebody forgot a password, or guesses one.",
    ),
    "key-deletion": (
        _any_of("DisableKey", "ScheduleKeyDeletion", service="kms"),
        "A key is about to go: with it goes everything it encrypts.",
    ),
    "bucket-policy-changes": (
        _any_of(
            "PutBucketAcl",
            *(
                f"{verb}Bucket{what}"
                for what in ("Policy", "Cors", "Lifecycle", "Replication")
                for verb in ("Put", "Delete")
            ),
            service="s3",
        ),
        "Who may read a bucket was changed, or how long it keeps what is in it.",
    ),
    "config-changes": (
        _any_of(
            "StopConfigurationRecorder",
            "DeleteDeliveryChannel",
            "PutDeliveryChannel",
            "PutConfigurationRecorder",
            service="config",
        ),
        "Config was changed: what is altered from now on may leave no record.",
    ),
    "group-changes": (
        _any_of(
            *(f"{verb}SecurityGroup{way}" for verb in ("Authorize", "Revoke") for way in ("Ingress", "Egress")),
            "CreateSecurityGroup",
            "DeleteSecurityGroup",
        ),
        "A door of the network was opened or closed.",
    ),
    "acl-changes": (
        _any_of(
            *(f"{verb}NetworkAcl{what}" for verb in ("Create", "Delete") for what in ("", "Entry")),
            "ReplaceNetworkAclEntry",
            "ReplaceNetworkAclAssociation",
        ),
        "The access list of a tier was changed.",
    ),
    "gateway-changes": (
        _any_of(
            "CreateCustomerGateway",
            "DeleteCustomerGateway",
            *(f"{verb}InternetGateway" for verb in ("Create", "Attach", "Detach", "Delete")),
        ),
        "A way between the network and the world was made or taken away.",
    ),
    "route-changes": (
        _any_of(
            "CreateRoute",
            "CreateRouteTable",
            "ReplaceRoute",
            "ReplaceRouteTableAssociation",
            "DeleteRouteTable",
            "DeleteRoute",
            "DisassociateRouteTable",
            service="ec2",
        ),
        "The ways through the network were changed.",
    ),
    "vpc-changes": (
        _any_of(
            "CreateVpc",
            "DeleteVpc",
            "ModifyVpcAttribute",
            *(f"{verb}VpcPeeringConnection" for verb in ("Create", "Accept", "Reject", "Delete")),
            *(f"{verb}ClassicLinkVpc" for verb in ("Attach", "Detach")),
            *(f"{verb}VpcClassicLink" for verb in ("Enable", "Disable")),
        ),
        "The network was joined to another, or a network was made or deleted.",
    ),
    "organization-changes": (
        _any_of(
            *("AcceptHandshake", "DeclineHandshake", "InviteAccountToOrganization", "LeaveOrganization"),
            *("CreateAccount", "MoveAccount", "RemoveAccountFromOrganization", "DeleteOrganization"),
            *(f"{verb}OrganizationalUnit" for verb in ("Create", "Update", "Delete")),
            *(f"{verb}Policy" for verb in ("Create", "Update", "Delete", "Attach", "Detach")),
            *("EnablePolicyType", "DisablePolicyType"),
            service="organizations",
        ),
        "The organization was changed: its guard rails may no longer hold for this account.",
    ),
}
"""By name: the pattern, and why it matters."""
