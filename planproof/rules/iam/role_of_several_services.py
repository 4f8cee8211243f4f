"""Two services run with the same task role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planproof.reading.outside import doubt
from planproof.rule import Mutation, Outcome, Rule, Severity, Violation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource

PATH = "task_role_arn"


def check(task: Resource, document: Document) -> Iterator[Outcome]:
    """Name the first other family that has the role; the last of the two is blamed."""
    role = document.target(task, PATH)
    if role is None or role.type != "aws_iam_role":
        hidden = doubt(task, PATH, document)
        others = (one for one in document.of(task.type) if one is not task and one.get(PATH) is not None)
        if hidden is not None and any(one.get("family") != task.get("family") for one in others):
            yield hidden
        return
    for other in document.naming(role, "aws_ecs_task_definition", PATH):
        if other.address >= task.address:
            return
        if other.get("family") != task.get("family"):
            yield Violation(PATH, f"a role of its own: {other.address} has it too", found=role.address)
            return


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.MEDIUM,
    resources=("aws_ecs_task_definition",),
    why="Each service can do what the other needs: the ledger's rights are those of the least careful service.",
    fix="Make a role for each service, as modules.task.Task does.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html",
    controls=("pci-dss-4.0.1/7.2.5", "pci-dss-4.0.1/8.6.1"),
    check=check,
    mutations=(Mutation(PATH, "${aws_iam_role.ledger.arn}", on=lambda task, _: task.name == "payments"),),
    specimen={
        "resource": {
            "aws_iam_role": {"ledger": {"name": "ledger"}, "payments": {"name": "payments"}},
            "aws_ecs_task_definition": {
                "ledger": {"family": "ledger", PATH: "${aws_iam_role.ledger.arn}"},
                "payments": {"family": "payments", PATH: "${aws_iam_role.payments.arn}"},
            },
        }
    },
)
