"""How a request is read and an answer is written: AWS's protocols, by moto's own router.

Only this file uses `moto.core`'s router, parsers and serializers. They are internal to
moto, which is one reason why its version is pinned.
"""

from __future__ import annotations

import io
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import UnknownServiceError
from botocore.parsers import create_parser
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.serialize import get_serializer_class
from moto.moto_server.werkzeug_app import BackendRequest
from werkzeug.exceptions import NotFound

from emulator.handler import AwsError, Params

if TYPE_CHECKING:
    from collections.abc import Mapping

    from moto.core.model import OperationModel

Environ = dict[str, Any]

DEFAULT_ACCOUNT: Final = "123456789012"
_SCOPE: Final = re.compile(r"Credential=([^/]+)/\d{8}/([^/]+)/([^/]+)/aws4_request")
_ACCOUNT: Final = re.compile(r"\d{12}")
# The names that requests are signed with, where they differ from boto3's client names.
_CLIENT_NAMES: Final = {
    "access-analyzer": "accessanalyzer",
    "elasticloadbalancing": "elbv2",
    "monitoring": "cloudwatch",
    "tagging": "resourcegroupstaggingapi",
}
# Prefixes of actions that the SDK for Go, and so Terraform's provider, shortens.
_TARGETS: Final = {"CloudTrail_20131101": "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"}
_S3_CONTROL: Final = "/v20180820/"
_FIRST_ERROR_STATUS: Final = 300


@dataclass(frozen=True)
class Scope:
    """Who calls what: taken from the signature of a request."""

    account: str
    region: str
    service: str


@dataclass(frozen=True)
class Reply:
    """An HTTP response before it is sent."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True)
class Request:
    """One signed request, with the action it calls when its service has such an action."""

    scope: Scope
    environ: Environ
    body: bytes
    http: BackendRequest
    model: OperationModel | None
    url_params: Params

    @property
    def operation(self) -> str:
        """The action's name, or the method and path when the service has no such action."""
        if self.model is not None:
            return str(self.model.name)
        return f"{self.environ['REQUEST_METHOD']} {self.environ['PATH_INFO']}"

    @property
    def is_conditional_write(self) -> bool:
        """Whether it writes only if nobody has: what S3 promises to decide for one caller at a time.

        See https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html;
        Terraform's lock of the state stands on it.
        """
        return self.scope.service == "s3" and self.operation == "PutObject" and "If-None-Match" in self.http.headers

    def fresh_environ(self) -> Environ:
        """Give the WSGI environment with a body that can be read again."""
        return {
            **self.environ,
            "wsgi.input": io.BytesIO(self.body),
            "wsgi.input_terminated": True,
            "CONTENT_LENGTH": str(len(self.body)),
            "HTTP_X_MOTO_ACCOUNT_ID": self.scope.account,
        }


def scope_of(environ: Environ) -> Scope | None:
    """Read the signature; an access key of twelve digits is the account that calls.

    See https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html.
    """
    found = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    if found is None:
        return None
    key, region, signed_for = found.groups()
    service = _CLIENT_NAMES.get(signed_for.lower(), signed_for.lower())
    if service == "s3" and environ.get("PATH_INFO", "").startswith(_S3_CONTROL):
        service = "s3control"
    account = key if _ACCOUNT.fullmatch(key) else DEFAULT_ACCOUNT
    return Scope(account=account, region=region, service=service)


def read_body(environ: Environ) -> bytes:
    """Read the whole body of a request, so that its connection can be used again."""
    if environ.get("wsgi.input_terminated"):
        return bytes(environ["wsgi.input"].read())
    length = int(environ.get("CONTENT_LENGTH") or 0)
    return bytes(environ["wsgi.input"].read(length)) if length else b""


def read_request(environ: Environ, scope: Scope) -> Request:
    """Recognise the action that a signed request calls."""
    body = read_body(environ)
    prefix, _, action = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")
    if prefix in _TARGETS:
        environ = {**environ, "HTTP_X_AMZ_TARGET": f"{_TARGETS[prefix]}.{action}"}
    http = BackendRequest({**environ, "wsgi.input": io.BytesIO(body), "wsgi.input_terminated": True})
    model: OperationModel | None = None
    url_params: Params = {}
    with suppress(NotFound, UnknownServiceError):
        model, url_params = get_service_router(scope.service).match(http)
    return Request(scope=scope, environ=environ, body=body, http=http, model=model, url_params=url_params)


def read_params(request: Request, model: OperationModel) -> Params:
    """Read the parameters of an action, named and typed as in its model."""
    http = request.http
    protocol = determine_request_protocol(model.service_model, http.content_type)
    parsed = PROTOCOL_PARSERS[protocol](model).parse(
        {
            "method": http.method,
            "values": http.values,
            "headers": http.headers,
            "body": http.data,
            "url_path": http.path,
            "url_params": request.url_params,
        }
    )
    return dict(parsed or {})


def write(request: Request, model: OperationModel, answer: Mapping[str, Any] | AwsError) -> Reply:
    """Write an answer or an error in the protocol the caller speaks."""
    protocol = determine_request_protocol(model.service_model, request.http.content_type)
    serializer = get_serializer_class(str(model.service_model.service_name), protocol)
    written = serializer(model).serialize(answer)
    status = int(written["status_code"])
    if isinstance(answer, AwsError) and answer.status is not None:
        status = answer.status
    raw = written["body"]
    body = raw.encode() if isinstance(raw, str) else bytes(raw)
    headers = tuple((str(name), str(value)) for name, value in written["headers"].items())
    return Reply(status, (*headers, ("Content-Length", str(len(body)))), body)


def read_reply(reply: Reply, model: OperationModel) -> Params:
    """Read moto's reply as the caller's SDK would; an error is raised as `AwsError`."""
    parser = create_parser(model.service_model.resolved_protocol)
    shape: Any = model.output_shape  # none is allowed, though the types of botocore say otherwise
    parsed: Params = parser.parse(
        {
            "status_code": reply.status,
            "headers": {name.lower(): value for name, value in reply.headers},
            "body": reply.body,
            "context": {"operation_name": model.name},
        },
        shape,
    )
    parsed.pop("ResponseMetadata", None)
    if reply.status >= _FIRST_ERROR_STATUS:
        error = parsed.get("Error", {})
        raise AwsError(error.get("Code", "Unknown"), error.get("Message", ""), reply.status)
    return parsed


def plain(status: int, message: str) -> Reply:
    """Write an answer to a request that speaks no protocol of AWS."""
    body = message.encode()
    headers = (("Content-Type", "text/plain"), ("Content-Length", str(len(body))))
    return Reply(status, headers, body)
