"""moto's server as a WSGI application: how it is set up, warmed up and asked."""

from __future__ import annotations

import importlib
import warnings
from typing import TYPE_CHECKING, Any, Final

import moto
import moto.settings
from moto.core.exceptions import ServiceException
from moto.moto_api._internal.models import moto_api_backend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.exceptions import HTTPException

from emulator.handler import AwsError
from emulator.wire import Environ, Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    WsgiApp = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# moto warns when an error is not in a service's model; faults and 501 never are.
_UNMODELLED: Final = r"Exception\(AwsError\) with code"
VERSION: Final = moto.__version__
# What the platform uses; imported ahead of the first call, which would otherwise wait seconds.
_WARM: Final = [
    "acm",
    "applicationautoscaling",
    "autoscaling",
    "backup",
    "budgets",
    "ce",
    "cloudtrail",
    "cloudwatch",
    "config",
    "dynamodb",
    "ec2",
    "ecr",
    "ecs",
    "elasticache",
    "elbv2",
    "events",
    "guardduty",
    "iam",
    "inspector2",
    "kms",
    "logs",
    "rds",
    "resourcegroupstaggingapi",
    "route53",
    "s3",
    "s3control",
    "secretsmanager",
    "securityhub",
    "servicediscovery",
    "sns",
    "sqs",
    "ssm",
    "sts",
    "wafv2",
]


def create() -> WsgiApp:
    """Make moto's server; a certificate is issued at once, for which moto waits 60 seconds."""
    warnings.filterwarnings("ignore", message=_UNMODELLED)
    moto.settings.ACM_VALIDATION_WAIT = 0
    application: WsgiApp = DomainDispatcherApplication(create_backend_app)
    return application


def warm_up() -> None:
    """Import moto's services."""
    for name in _WARM:
        importlib.import_module(f"moto.{name}.urls")


def reset() -> None:
    """Make every account empty, as at the start."""
    moto_api_backend.reset()


def ask(application: WsgiApp, environ: Environ) -> Reply:
    """Ask moto and give the whole reply; what moto raises is raised here."""
    status = 0
    headers: tuple[tuple[str, str], ...] = ()

    def start_response(line: str, sent: list[tuple[str, str]], *_: object) -> None:
        nonlocal status, headers
        status, headers = int(line.split(maxsplit=1)[0]), tuple(sent)

    chunks = application(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    return Reply(status, headers, body)


def knows_no_such_url(reply: Reply) -> bool:
    """Tell a URL that moto does not serve from a thing that AWS does not have."""
    return reply.status == 404 and b"<title>404 Not Found</title>" in reply.body  # noqa: PLR2004 - HTTP's number


def as_aws_error(error: Exception) -> AwsError | None:
    """Translate what moto's models raise when a handler uses them; none if it is no AWS error."""
    if isinstance(error, AwsError):
        return error
    if isinstance(error, ServiceException):
        return AwsError(error.code, error.message)
    if isinstance(error, HTTPException) and hasattr(error, "error_type"):
        return AwsError(error.error_type, str(getattr(error, "message", error)), error.code)
    return None
