"""What tasks, functions and instances must reach: whatever they are given the address of, and the AWS APIs they use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from planproof.connectivity.apis import GIVEN, role_services, service_asks
from planproof.connectivity.intent import AWS, HTTPS, INTERNET, Ask, Flow
from planproof.connectivity.intervals import Intervals
from planproof.connectivity.matching import known, number_of, truth
from planproof.connectivity.pointing import part, plain, pointed
from planproof.document import Unknown, UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planproof.connectivity.topology import Host, Part
    from planproof.document import Document, Resource

REGISTRY: Final = re.compile(r"\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com")
PLACE: Final = re.compile(r"(?:^|//|@)([A-Za-z0-9][A-Za-z0-9.-]*)(?::(\d+))?(?=[/?]|$)")
NAMES: Final = (
    *("address", "endpoint", "reader_endpoint", "dns_name", "primary_endpoint_address", "reader_endpoint_address"),
    *("configuration_endpoint_address", "cluster_address"),
)
NOT_A_PLACE: Final = frozenset({"arn", "id", "identifier", "name", "db_name", "resource_id", "username", "engine"})
DEFINITIONS: Final = "container_definitions"


def task_flows(document: Document, hosts: Mapping[str, Host]) -> Iterator[Flow]:
    """Every flow that a service, a function or an instance needs for what it is told."""
    names = {host.part.address: host for host in hosts.values()}
    aliases = connect_names(document, names)
    for host in hosts.values():
        resource = document.resource(host.part.address)
        if resource is None:
            continue
        if resource.type == "aws_ecs_service":
            task = document.target(resource, "task_definition")
            if task is not None:
                yield from told(document, host, task, DEFINITIONS, names)
                yield from of_containers(document, host, resource, task, aliases)
        elif resource.type == "aws_lambda_function":
            yield from told(document, host, resource, "environment", names)
            yield from by_role(document, host, resource, "role")
        elif resource.type == "aws_instance":
            for path in ("user_data", "user_data_base64"):
                yield from told(document, host, resource, path, names)


def told(document: Document, host: Host, holder: Resource, path: str, names: Mapping[str, Host]) -> Iterator[Flow]:
    """Flows to whatever the settings of a program point at."""
    where = part(holder, path)
    for reference in holder.references(path):
        target = document.resource(reference.address)
        attribute = reference.attribute.partition(".")[0].partition("[")[0]
        if target is None or attribute.startswith("master_user_secret"):
            if target is not None:
                yield api(host, "secretsmanager", f"reads the password of {target.origin}", where)
            continue
        if target.address in names and attribute not in NOT_A_PLACE:
            yield from toward(document, host, names[target.address], f"is given {attribute} of {target.origin}", where)
        elif target.type in GIVEN:
            yield api(host, GIVEN[target.type], f"is given {target.origin}", where)
    text = str(known(holder.get(path)) or "")
    for address, other in names.items():
        target = document.resource(address)
        for name in NAMES if target and text else ():
            value = known(target.get(name)) if target else None
            if isinstance(value, str) and value.partition(":")[0] and value.partition(":")[0] in text:
                yield from toward(document, host, other, f"is given {name} of {other.part.label}", where)


def toward(document: Document, host: Host, far: Host, why: str, where: Part) -> Iterator[Flow]:
    """A flow to each port that the other end listens on."""
    ports = far.ports
    if far.kind.endswith("load balancer"):
        listeners = [
            one
            for one in document.of("aws_lb_listener", "aws_alb_listener")
            if far.part.address in pointed(document, one, "load_balancer_arn").ids
        ]
        numbers = [number_of(known(one.get("port"))) for one in listeners]
        ports = Intervals.of(*((number, number) for number in numbers if number is not None))
    if far.name == host.name:
        return
    if not ports:
        yield Flow(
            host.name, far.name, ports, why, where, unknown=far.ports_unknown or f"no port of {far.name} is known"
        )
    for low, high in ports.parts:
        for port in range(low, high + 1):
            yield Flow(host.name, far.name, Intervals.one(port), why, where)


def api(host: Host, service: str, why: str, where: Part, *asks: Ask) -> Flow:
    """A flow to an AWS API."""
    return Flow(host.name, f"{AWS}{service}", HTTPS, why, where, asks=asks or service_asks(service))


def connect_names(document: Document, names: Mapping[str, Host]) -> dict[str, tuple[Host, int | None]]:
    """Names under which services find each other (Service Connect), with the port each goes by."""
    found: dict[str, tuple[Host, int | None]] = {}
    for resource in document.of("aws_ecs_service"):
        host = names.get(resource.address)
        try:
            offers = [] if host is None else list(resource.blocks("service_connect_configuration.0.service"))
        except UnknownValueError:
            offers = []
        for offer in offers:
            alias = known(offer.get("client_alias.0.dns_name", offer.get("client_alias.dns_name")))
            port = number_of(known(offer.get("client_alias.0.port", offer.get("client_alias.port"))))
            port = number_of(known(offer.get("ingress_port_override"))) or mapped(document, resource, offer) or port
            for name in (alias, known(offer.get("discovery_name")), known(offer.get("port_name"))):
                if isinstance(name, str) and host is not None:
                    found.setdefault(name, (host, port))
    return found


def mapped(document: Document, service: Resource, offer: Any) -> int | None:
    """The container port behind a name that a service offers; the proxy of ECS connects to it."""
    task = document.target(service, "task_definition")
    for container in containers(task):
        for one in listed(container.get("portMappings")):
            if known(one.get("name")) == known(offer.get("port_name")):
                return number_of(known(one.get("containerPort")))
    return None


def containers(task: Resource | None) -> list[dict[str, Any]]:
    """The containers of a task that can be read."""
    return listed(task.json(DEFINITIONS)) if task else []


def listed(value: Any) -> list[dict[str, Any]]:
    """The objects of a list; none of what is unknown."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list | tuple) else []


def of_containers(
    document: Document, host: Host, service: Resource, task: Resource, aliases: Mapping[str, tuple[Host, int | None]]
) -> Iterator[Flow]:
    """What the containers of a task need: image, log, secrets, other services, and what the roles are for."""
    where = part(task, DEFINITIONS)
    for container in containers(task):
        yield from image(document, host, container.get("image"), where)
        if (
            isinstance(logging := container.get("logConfiguration"), dict)
            and known(logging.get("logDriver")) == "awslogs"
        ):
            yield api(host, "logs", "writes its log", where)
        for secret in pairs(container.get("secrets")):
            text = secret.template if isinstance(secret, Unknown) else str(secret)
            parameter = ":ssm:" in text or "aws_ssm_parameter" in text or not re.search(r"arn|\$\{", text)
            yield api(host, "ssm" if parameter else "secretsmanager", "starts with a secret", where)
        for value in pairs(container.get("environment")):
            for name, port in PLACE.findall(value) if isinstance(value, str) else ():
                far, own = aliases.get(name.partition(".")[0], (None, None))
                if far is not None and far.name != host.name:
                    number = own or number_of(port)
                    ports = Intervals.one(number) if number else far.ports
                    yield Flow(host.name, far.name, ports, f"is given {value}", where)
    if truth(service.get("enable_execute_command"), default=False):
        yield api(host, "ssmmessages", "lets people open a shell (ECS Exec)", part(service, "enable_execute_command"))
    yield from by_role(document, host, task, "task_role_arn")


def pairs(value: Any) -> list[Any]:
    """The values of name and value pairs."""
    return [plain(one.get("value", one.get("valueFrom"))) for one in listed(value)]


def image(document: Document, host: Host, written: Any, where: Part) -> Iterator[Flow]:
    """Where the image comes from: ECR keeps its layers in a bucket of AWS, anybody else is on the internet.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    """
    text = written.template if isinstance(written, Unknown) else str(written or "")
    references = written.references if isinstance(written, Unknown) else ()
    kinds = {one.type for ref in references if (one := document.resource(ref.address))}
    if "aws_ecr_repository" in kinds or REGISTRY.search(text):
        yield api(host, "ecr.api", "pulls its image", where)
        yield api(host, "ecr.dkr", "pulls its image", where)
        layers = Ask("s3:GetObject", "arn:aws:s3:::prod-region-starport-layer-bucket/layer", own=False)
        yield api(host, "s3", "pulls the layers of its image", where, layers)
    elif text and "${" not in text:
        yield Flow(host.name, INTERNET, HTTPS, f"pulls {text} from a public registry", where)


def by_role(document: Document, host: Host, holder: Resource, path: str) -> Iterator[Flow]:
    """The APIs that a program's role lets it call."""
    role = document.target(holder, path)
    if role is not None:
        for service in role_services(document, role):
            yield api(host, service, f"its role allows {service}", part(holder, path))
