"""A secret stands in the environment of a program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from planproof.document import Document, Resource, Unknown, items, mapping, mappings
from planproof.reading.containers import TEXT, containers
from planproof.reading.secrets import HIDDEN, is_secret, names_secret
from planproof.rule import Mutation, Outcome, Rule, Severity, Undecided, Violation

Named = Iterator[tuple[str, str, Any]]


def of_task(task: Resource) -> Named:
    """The variables and arguments of every container."""
    for container in containers(task):
        for position, variable in mappings(container.get("environment")):
            yield container.at(f"environment.{position}.value"), str(variable.get("name")), variable.get("value")
        for kind in ("command", "entryPoint"):
            for position, argument in enumerate(items(container.get(kind))):
                yield container.at(f"{kind}.{position}"), "", argument


def of_function(function: Resource) -> Named:
    """The variables of a function."""
    for name, value in mapping(function.get("environment.0.variables")).items():
        yield f"environment.0.variables.{name}", name, value


def of_build(build: Resource) -> Named:
    """The variables of a build that are not read from a store of secrets."""
    for variable in build.blocks("environment.0.environment_variable"):
        if variable.get("type", "PLAINTEXT") == "PLAINTEXT":
            yield variable.at("value"), str(variable.get("name")), variable.get("value")


READERS: Final[Mapping[str, Callable[[Resource], Named]]] = {
    "aws_ecs_task_definition": of_task,
    "aws_lambda_function": of_function,
    "aws_codebuild_project": of_build,
}


def is_task(program: Resource, document: Document) -> bool:
    """Whether a program is a task definition."""
    del document
    return program.type == "aws_ecs_task_definition"


def check(program: Resource, document: Document) -> Iterator[Outcome]:
    """No variable and no argument looks like a secret, or comes from one."""
    for path, name, value in READERS[program.type](program):
        if is_secret(name, value, document):
            yield Violation(path, "a secret named by its arn", found=HIDDEN)
        elif isinstance(value, Unknown) and names_secret(name):
            yield Undecided(path, value.cause)


RULE = Rule(
    module=__name__,
    title=__doc__,
    severity=Severity.CRITICAL,
    resources=("aws_ecs_task_definition", "aws_lambda_function", "aws_codebuild_project"),
    why="It is in the code, in the state and in every crash report, and changing it needs a deployment.",
    fix="Keep it in Secrets Manager and name it under secrets; modules.secret and modules.task do.",
    docs="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html",
    controls=("pci-dss-4.0.1/8.6.2", "pci-dss-4.0.1/8.3.2", "aws-fsbp/ECS.8"),
    check=check,
    mutations=(
        Mutation(
            f"{TEXT}.0.environment.0",
            {"name": "MAIL_PASSWORD", "value": "hunter22"},
            at=f"{TEXT}.0.environment.0.value",
            on=is_task,
        ),
        Mutation(
            f"{TEXT}.0.environment.0",
            {"name": "UPSTREAM", "value": "https://mail:hunter22@mail.example"},
            at=f"{TEXT}.0.environment.0.value",
            on=is_task,
        ),
        Mutation(
            f"{TEXT}.0.environment.0",
            {"name": "QUEUE", "value": "AKIAIOSFODNN7EXAMPLE"},
            at=f"{TEXT}.0.environment.0.value",
            on=is_task,
        ),
        Mutation(
            f"{TEXT}.0.environment.0",
            {"name": "DATABASE", "value": "postgres://app:hunter22@${aws_db_instance.x.address}/payments"},
            at=f"{TEXT}.0.environment.0.value",
            on=is_task,
        ),
        Mutation(
            f"{TEXT}.0.environment.0",
            {"name": "SEED", "value": "${random_password.database.result}"},
            at=f"{TEXT}.0.environment.0.value",
            on=is_task,
        ),
        Mutation(
            f"{TEXT}.0.command", ["--stripe", "sk_live_4eC39HqLyjWDarjtT1zdp7dc"], at=f"{TEXT}.0.command.1", on=is_task
        ),
        Mutation(
            "environment.0.variables.API_KEY", "3f1c9a", on=lambda program, _: program.type == "aws_lambda_function"
        ),
        Mutation(
            "environment.0.environment_variable.0",
            {"name": "NPM_TOKEN", "value": "hunter22"},
            at="environment.0.environment_variable.0.value",
            on=lambda program, _: program.type == "aws_codebuild_project",
        ),
    ),
    specimen={
        "resource": {
            "aws_lambda_function": {
                "hook": {"environment": {"variables": {"SECRET_ARN": "arn:aws:secretsmanager:eu-west-1:1:secret:x"}}}
            },
            "aws_codebuild_project": {
                "build": {
                    "environment": {
                        "environment_variable": [
                            {"name": "NPM_TOKEN", "value": "/build/npm", "type": "PARAMETER_STORE"}
                        ]
                    }
                }
            },
        }
    },
)
