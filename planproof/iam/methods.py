"""The known ways in which one permission becomes more, as data.

Sources: the AWS privilege escalation research of Rhino Security Labs
(https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/) and the library of paths at
https://pathfinding.cloud (identifiers such as ecs-004 are its own); what each action takes is in the Service
Authorization Reference. A method lists every action it needs; an element that is a tuple needs one of them.
"""

from __future__ import annotations

from typing import Final

from msgspec import Struct

Needed = tuple[str | tuple[str, ...], ...]


class Method(Struct, frozen=True):
    """One way: the actions it needs, and what the caller has afterwards."""

    name: str
    actions: Needed
    gains: str


class Launch(Struct, frozen=True):
    """Code that a service runs with a role passed to it: `service` is whom the role must trust."""

    name: str
    service: str
    actions: Needed


# On a customer policy that is attached to the caller.
ON_OWN_POLICY: Final = (
    Method("iam-001", ("iam:CreatePolicyVersion",), "any permission, by rewriting a policy of its own"),
    Method("iam-002", ("iam:SetDefaultPolicyVersion",), "the widest version a policy of its own ever had"),
)
# On the caller's own role. A condition on one of GUARDS keeps the grant within bounds.
ON_OWN_ROLE: Final = (
    Method("iam-009", ("iam:AttachRolePolicy",), "any permission, by attaching a policy to itself"),
    Method("iam-012", ("iam:PutRolePolicy",), "any permission, by writing a policy into itself"),
)
GUARDS: Final = frozenset({"iam:permissionsboundary", "iam:policyarn"})
# On any user of the account.
ON_USERS: Final = (
    Method("iam-004", ("iam:CreateAccessKey",), "the permissions of any user"),
    Method("iam-005", ("iam:CreateLoginProfile",), "the permissions of any user without a password"),
    Method("iam-006", ("iam:UpdateLoginProfile",), "the permissions of any user with a password"),
    Method("iam-007", ("iam:AttachUserPolicy",), "any permission, given to a user"),
    Method("iam-010", ("iam:PutUserPolicy",), "any permission, written into a user"),
    Method("iam-013", ("iam:AddUserToGroup",), "the permissions of any group"),
)
ON_GROUPS: Final = (
    Method("iam-008", ("iam:AttachGroupPolicy",), "any permission, given to a group"),
    Method("iam-011", ("iam:PutGroupPolicy",), "any permission, written into a group"),
)
# On another role: the caller becomes that role.
BECOME: Final = "iam-014"  # iam:UpdateAssumeRolePolicy
CHAIN: Final = "sts-001"  # sts:AssumeRole, trusted on the other side
CODE: Final = "lambda-003"  # lambda:UpdateFunctionCode on a function that has the role
EXEC: Final = "ecs-006"  # ecs:ExecuteCommand on a running task that has the role
BUILD: Final = "codebuild-002"  # codebuild:StartBuild with a buildspec of the caller's

# With iam:PassRole on another role: the caller's code runs as that role.
LAUNCHES: Final = (
    Launch("apprunner-001", "tasks.apprunner.amazonaws.com", ("apprunner:CreateService",)),
    Launch(
        "bedrock-001",
        "bedrock-agentcore.amazonaws.com",
        (
            "bedrock-agentcore:CreateCodeInterpreter",
            "bedrock-agentcore:StartCodeInterpreterSession",
            "bedrock-agentcore:InvokeCodeInterpreter",
        ),
    ),
    Launch(
        "cloudformation-001",
        "cloudformation.amazonaws.com",
        (("cloudformation:CreateStack", "cloudformation:UpdateStack"),),
    ),
    Launch(
        "cloudformation-003",
        "cloudformation.amazonaws.com",
        ("cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"),
    ),
    Launch(
        "codebuild-001",
        "codebuild.amazonaws.com",
        ("codebuild:CreateProject", ("codebuild:StartBuild", "codebuild:StartBuildBatch")),
    ),
    Launch(
        "datapipeline-001",
        "datapipeline.amazonaws.com",
        ("datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition", "datapipeline:ActivatePipeline"),
    ),
    Launch("ec2-001", "ec2.amazonaws.com", (("ec2:RunInstances", "ec2:RequestSpotInstances"),)),
    Launch(
        "ecs-004",
        "ecs-tasks.amazonaws.com",
        (
            "ecs:RegisterTaskDefinition",
            ("ecs:RunTask", "ecs:StartTask", "ecs:CreateService", "ecs:UpdateService"),
        ),
    ),
    Launch("glue-001", "glue.amazonaws.com", ("glue:CreateDevEndpoint",)),
    Launch("glue-003", "glue.amazonaws.com", (("glue:CreateJob", "glue:UpdateJob"), "glue:StartJobRun")),
    Launch(
        "lambda-001",
        "lambda.amazonaws.com",
        (
            "lambda:CreateFunction",
            ("lambda:InvokeFunction", "lambda:CreateEventSourceMapping", "lambda:AddPermission"),
        ),
    ),
    Launch(
        "sagemaker-001",
        "sagemaker.amazonaws.com",
        (
            (
                "sagemaker:CreateNotebookInstance",
                "sagemaker:CreateTrainingJob",
                "sagemaker:CreateProcessingJob",
            ),
        ),
    ),
)
