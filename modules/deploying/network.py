"""How a deployment builds the network and names its entrance."""

from __future__ import annotations

from modules import policies
from modules.deploying.statements import Statements
from modules.deployment import PARTITION, Deployment


def statements(deployment: Deployment, here: policies.Condition) -> Statements:
    """The statements of the managed policy."""
    kinds = (
        "FlowLogs",
        "InternetGateway",
        "NatGateway",
        "NetworkAcl",
        "NetworkAclEntry",
        "Route",
        "RouteTable",
        "SecurityGroup",
        "Subnet",
        "Tags",
        "Vpc",
    )
    verbs = [f"ec2:{verb}{kind}" for verb in ("Create", "Delete") for kind in kinds]
    return [
        policies.allow(
            "BuildTheNetwork",
            [
                *verbs,
                "ec2:AllocateAddress",
                "ec2:DisassociateAddress",
                "ec2:ReleaseAddress",
                "ec2:AssociateRouteTable",
                "ec2:DisassociateRouteTable",
                "ec2:AttachInternetGateway",
                "ec2:DetachInternetGateway",
                "ec2:AuthorizeSecurityGroupEgress",
                "ec2:AuthorizeSecurityGroupIngress",
                "ec2:RevokeSecurityGroupEgress",
                "ec2:RevokeSecurityGroupIngress",
                "ec2:CreateVpcEndpoint",
                "ec2:DeleteVpcEndpoints",
                "ec2:ModifySecurityGroupRules",
                "ec2:ModifySubnetAttribute",
                "ec2:ModifyVpcAttribute",
                "ec2:ModifyVpcEndpoint",
                "ec2:ReplaceNetworkAclAssociation",
                "ec2:ReplaceRoute",
                "ec2:UpdateSecurityGroupRuleDescriptions*",
            ],
            [deployment.arn("ec2", "*")],
            condition=here,
        ),
        policies.allow(
            "NameTheEntrance",
            ["route53:ChangeResourceRecordSets"],
            [f"arn:{PARTITION}:route53:::hostedzone/*"],
        ),
        policies.allow("AskForWhatHasNoName", ["acm:RequestCertificate", "ec2:EnableEbsEncryptionByDefault"], ["*"]),
        policies.allow(
            "CertifyTheEntrance",
            ["acm:DeleteCertificate", "acm:AddTagsToCertificate"],
            [deployment.arn("acm", "certificate/*")],
        ),
    ]
