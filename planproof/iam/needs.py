"""What the roles of an ECS task need, derived from what the task is given.

The execution role must pull the image, write the log and read the secrets before the container starts;
the task role must be able to use each queue, bucket, topic, secret and database that the container is told of.
Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from planproof.document import Reference
from planproof.iam.given import EXEC, GIVEN, TELEMETRY, Given
from planproof.iam.identities import Identities, identities
from planproof.iam.symbols import arn, derived, place, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Resource
    from planproof.iam.containers import Container

REGISTRY: Final = re.compile(r"^(?:\d{12}|<[^>]+>)\.dkr\.ecr\.([^.]+)\.amazonaws\.com/([^:@]+)")
LAYERS: Final = ("ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage")
DATABASES: Final = ("aws_db_instance", "aws_rds_cluster", "aws_db_proxy")
CACHES: Final = ("aws_elasticache_replication_group", "aws_elasticache_serverless_cache")
SECRET_FIELDS: Final = 7  # an ARN ends here; a JSON key, a stage and a version may follow


class Request(Struct, frozen=True):
    """One action on one resource (a pattern when the need is for any of its parts)."""

    action: str
    resource: str
    some: bool = False  # any one resource of the pattern will do


class Need(Struct, frozen=True):
    """Why something is needed, the ways to satisfy it, and what else is then reasonable to have."""

    why: str
    ways: tuple[tuple[Request, ...], ...]
    useful: tuple[Request, ...] = ()

    def requests(self) -> Iterator[Request]:
        """Every request that this need explains."""
        for way in self.ways:
            yield from way
        yield from self.useful


def of_execution(parts: tuple[Container, ...], document: Document) -> tuple[Need, ...]:
    """Give the needs of the execution role of a task with these containers."""
    known = identities(document, *GIVEN, "aws_ecr_repository", "aws_cloudwatch_log_group")
    found: list[Need] = []
    for container in parts:
        found += _image(container, known)
        found += _log(container, known)
        for name, source in container.secrets:
            found.append(_secret(f"{container.name} reads {name}", source, known))
        if container.credentials:
            found.append(_secret(f"{container.name} signs in to its registry", container.credentials, known))
    return tuple(dict.fromkeys(found))


def _image(container: Container, known: Identities) -> Iterator[Need]:
    repositories = [r for r in known.named_in(container.image) if r.type == "aws_ecr_repository"]
    repositories += [r for r in known.named_in(container.image.rpartition(":")[0]) if r not in repositories]
    literal = REGISTRY.match(container.image)
    if repositories:
        target = arn(repositories[0], known.document)
    elif literal:
        target = f"arn:aws:ecr:{literal.group(1)}:{container.image.partition('.')[0]}:repository/{literal.group(2)}"
    else:
        return
    way = (Request("ecr:GetAuthorizationToken", "*"), *(Request(action, target) for action in LAYERS))
    yield Need(f"{container.name} pulls its image", (way,))


def _log(container: Container, known: Identities) -> Iterator[Need]:
    group = container.log_options.get("awslogs-group", "")
    if container.log_driver != "awslogs" or not group:
        return
    named = [r for r in known.named_in(group) if r.type == "aws_cloudwatch_log_group"]
    target = (
        arn(named[0], known.document) if named else _here(known.document, "logs", f"log-group:{group}")
    ).removesuffix(":*")
    streams = f"{target}:log-stream:*"
    useful = [Request("logs:DescribeLogStreams", t) for t in (target, f"{target}:*")]
    # AWS shows the log group in both forms; the one ending in ":*" covers its streams.
    useful += [Request(a, f"{target}:*") for a in ("logs:CreateLogStream", "logs:PutLogEvents")]
    way = [Request("logs:CreateLogStream", streams), Request("logs:PutLogEvents", streams)]
    if container.log_options.get("awslogs-create-group") == "true":
        way.append(Request("logs:CreateLogGroup", target))
    yield Need(f"{container.name} writes its log", (tuple(way),), tuple(useful))


def _secret(why: str, source: str, known: Identities) -> Need:
    parts = source.split(":")
    whole = ":".join(parts[:SECRET_FIELDS]) if source.startswith("arn:") else source.partition(">:")[0]
    whole = f"{whole}>" if "<" in whole and ">" not in whole else whole
    named = known.named_in(whole)
    is_parameter = ":ssm:" in whole or "aws_ssm_parameter." in whole or not whole.startswith(("arn:", "<"))
    action = "ssm:GetParameters" if is_parameter else "secretsmanager:GetSecretValue"
    if is_parameter and not whole.startswith(("arn:", "<")):
        whole = _here(known.document, "ssm", f"parameter/{whole.removeprefix('/')}")
    way = [Request(action, arn(named[0], known.document) if named and named[0].type in GIVEN else whole)]
    key = _key_of(named[0], known.document) if named else None
    if key is not None:
        way.append(Request("kms:Decrypt", key))
    return Need(why, (tuple(way),))


def _key_of(resource: Resource, document: Document) -> str | None:
    """Write the ARN of the customer key that encrypts the resource; None for a key of AWS."""
    holder, path = resource, GIVEN[resource.type].key if resource.type in GIVEN else ""
    if resource.type in {"aws_db_instance", "aws_rds_cluster"}:
        path = "master_user_secret_kms_key_id"
    if resource.type == "aws_s3_bucket":
        settings = document.referrers(resource, "aws_s3_bucket_server_side_encryption_configuration")
        if settings:
            holder = settings[0]
            path = "rule.0.apply_server_side_encryption_by_default.0.kms_master_key_id"
    if not path:
        return None
    key = document.target(holder, path)
    if key is not None and key.type == "aws_kms_key":
        return arn(key, document)
    text = text_of(holder.get(path), document)
    return text if text and ":key/" in text else None


def of_task(task: Resource, parts: tuple[Container, ...], document: Document, *, enters: bool) -> tuple[Need, ...]:
    """Give the needs of the task role; `enters` when people may open a shell in the task."""
    known = identities(document, *GIVEN, *DATABASES, *CACHES)
    secret = {r.address for c in parts for _, source in c.secrets for r in known.named_in(source)}
    found: list[Need] = []
    for container in parts:
        for name, value in container.environment:
            for resource in known.named_in(value):
                why = f"{container.name} is given {name}"
                if resource.type in GIVEN:
                    found.append(_use(why, resource, GIVEN[resource.type], document))
                elif resource.type in DATABASES:
                    found += _database(why, resource, document, has_secret=resource.address in secret)
                elif resource.type in CACHES:
                    found += _cache(why, resource, document)
    if enters:
        found.append(Need(f"{task.name} can be entered", (tuple(Request(a, "*") for a in EXEC),)))
    found.append(Need("telemetry", (), tuple(Request(action, "*") for action in TELEMETRY)))
    return tuple(dict.fromkeys(found))


def _use(why: str, resource: Resource, given: Given, document: Document) -> Need:
    target, key = arn(resource, document), _key_of(resource, document)
    ways = []
    for use in given.uses:
        way = [Request(action, f"{target}{given.parts[0]}") for action in use.actions]
        if key is not None:
            way += [Request(action, key) for action in use.key_actions]
        ways.append(tuple(way))
    useful = [Request(action, f"{target}{part}") for action in given.useful for part in given.parts]
    useful += [Request(a, f"{target}{part}") for use in given.uses for a in use.actions for part in given.parts]
    if key is not None:
        useful.append(Request("kms:DescribeKey", key))
    return Need(why, tuple(ways), tuple(useful))


def _database(why: str, resource: Resource, document: Document, *, has_secret: bool) -> Iterator[Need]:
    """Connect with a token of the role where the database lets roles in."""
    holders = [resource]
    if resource.type == "aws_db_proxy":
        way = "REQUIRED" if any(b.get("iam_auth") == "REQUIRED" for b in resource.blocks("auth")) else ""
    else:
        way = "ON" if resource.get("iam_database_authentication_enabled") is True else ""
        holders += document.naming(resource, "aws_db_instance", "replicate_source_db")
    if not way:
        return
    users = [Request("rds-db:connect", f"{u}/*") for holder in holders for u in _users_of(holder, document)]
    if has_secret:
        yield Need(why, (), tuple(users))
    else:
        ways = tuple(
            (Request("rds-db:connect", f"{u}/*", some=True),) for holder in holders for u in _users_of(holder, document)
        )
        yield Need(why, ways, tuple(users))


def _users_of(resource: Resource, document: Document) -> tuple[str, ...]:
    """Write the ARNs below which the users of a database are: for a proxy, the last part of its ARN."""
    if resource.type == "aws_db_proxy":
        known = resource.get("arn")
        last = known.rpartition(":")[2] if isinstance(known, str) else ""
        names = [last or derived(Reference(resource.address, "arn"))]
    else:
        attribute = "resource_id" if resource.type == "aws_db_instance" else "cluster_resource_id"
        names = [text_of(resource.get(attribute), document) or f"<{resource.address}.{attribute}>"]
    where = place(document, resource)
    return tuple(f"arn:aws:rds-db:{where['region']}:{where['account']}:dbuser:{name}" for name in names)


def _cache(why: str, resource: Resource, document: Document) -> Iterator[Need]:
    """Connect with a token of the role where a user of the cache is one of IAM."""
    users = [u for u in document.of("aws_elasticache_user") if _authentication(u) == "iam"]
    if not users:
        return
    targets = {arn(resource, document), *(arn(user, document) for user in users)}
    yield Need(why, (), tuple(Request("elasticache:Connect", target) for target in sorted(targets)))


def _authentication(user: Resource) -> object:
    return user.get("authentication_mode.type")


def _here(document: Document, service: str, rest: str) -> str:
    where = place(document)
    return f"arn:aws:{service}:{where['region']}:{where['account']}:{rest}"
