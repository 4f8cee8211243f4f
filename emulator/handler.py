"""What a file in `services/` is written with: the call, its answer or error, and `emulates`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from moto.backends import get_backend

if TYPE_CHECKING:
    from datetime import datetime

    from emulator.store import Store, Table

Params = dict[str, Any]
Answer = Mapping[str, Any] | None


class AwsError(Exception):
    """An error as AWS returns it; without a status the service model decides on one."""

    def __init__(self, code: str, message: str, status: int | None = None) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status


@dataclass(frozen=True)
class Call:
    """One call of one AWS action, with the parameters as botocore's model names them."""

    service: str
    operation: str
    account: str
    region: str
    params: Params
    store: Store
    ask_moto: Callable[[], Params]

    def moto(self) -> Params:
        """Let moto answer this call; its error is raised as `AwsError`."""
        return self.ask_moto()

    def table(self, kind: str, *, region: str | None = None) -> Table:
        """Give the table of this service, account and region (another with `region`)."""
        return self.store.table(self.account, region or self.region, f"{self.service}:{kind}")

    def backend(self, service: str | None = None, *, region: str | None = None) -> Any:
        """Give moto's own model of this service (or another) in this account and region."""
        name: Any = (service or self.service).replace("-", "")
        regions = get_backend(name)[self.account]
        wanted = region or self.region
        return regions[wanted] if wanted in regions else regions["aws"]

    def arn(self, resource: str, *, service: str | None = None, region: str | None = None) -> str:
        """Name a resource of this account; an empty `region` is for global services."""
        place = self.region if region is None else region
        return f"arn:aws:{service or self.service}:{place}:{self.account}:{resource}"

    def pick(self, *names: str) -> Params:
        """Give those of the named parameters that were sent."""
        return {name: self.params[name] for name in names if name in self.params}

    def now(self) -> datetime:
        """Give the account's time."""
        return self.store.clock()


@dataclass(frozen=True)
class Handler:
    """The answer to some actions of one service."""

    service: str
    operations: tuple[str, ...]
    answer: Callable[[Call], Answer]


def emulates(service: str, *operations: str) -> Callable[[Callable[[Call], Answer]], Handler]:
    """Make a handler of the function below; `service` is the boto3 client's name."""

    def made(answer: Callable[[Call], Answer]) -> Handler:
        return Handler(service=service, operations=operations, answer=answer)

    return made
