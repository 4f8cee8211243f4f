"""Services, queues and connections that cannot be, as application.yaml might say them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.environments.environment_files import message, names_of, refusal

SERVICES = "application.services"
LEDGER = f"{SERVICES}.ledger"

REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {f"{SERVICES}.notifications.port": 8080},
        "application.services.notifications: a worker listens on nothing: remove port and paths, or change exposure",
    ),
    (
        {f"{SERVICES}.notifications.paths": ["/v1"]},
        "application.services.notifications: a worker listens on nothing: remove port and paths, or change exposure",
    ),
    (
        {f"{SERVICES}.notifications.receives": {}},
        "application.services.notifications: a worker needs a queue to work on: name it in receives",
    ),
    ({f"{LEDGER}.port": None}, "application.services.ledger: a service that is internal needs a port"),
    ({f"{SERVICES}.payments.port": None}, "application.services.payments: a service that is public needs a port"),
    (
        {f"{SERVICES}.payments.paths": []},
        "application.services.payments: a public service needs at least one path, for example /v1/payments/*",
    ),
    (
        {f"{LEDGER}.paths": ["/v1"]},
        "application.services.ledger: a service that is internal has no paths: remove them, or make it public",
    ),
    *[
        (
            {"application.queues": ["receipts", name]},
            f"application: queue '{name}' has the name of something else: every name is used once",
        )
        for name in ("ledger", "database", "cache", "internet")
    ],
    *[
        (
            {f"{SERVICES}.{name}": {"exposure": "internal", "port": 8082}},
            f"application: a service cannot be called '{name}': that name is taken by the platform",
        )
        for name in ("database", "cache", "internet")
    ],
    (
        {f"{LEDGER}.calls": {"payment": "a misspelt name"}},
        "application: services.ledger.calls names 'payment'; it may name cache, database, internet, payments",
    ),
    (
        {f"{LEDGER}.calls": {"ledger": "calls itself"}},
        "application: services.ledger.calls names 'ledger'; it may name cache, database, internet, payments",
    ),
    (
        {f"{LEDGER}.calls": {"notifications": "it listens on nothing"}},
        "application: services.ledger.calls names 'notifications'; it may name cache, database, internet, payments",
    ),
    (
        {f"{LEDGER}.sends": {"orders": "no such queue"}},
        "application: services.ledger.sends names 'orders'; it may name receipts",
    ),
    (
        {f"{SERVICES}.notifications.receives": {"orders": "no such queue"}},
        "application: services.notifications.receives names 'orders'; it may name receipts",
    ),
    (
        {
            f"{SERVICES}.refunds": {"exposure": "public", "port": 8082, "paths": ["/v1/refunds/*", "/v1/payments/*"]},
            "services.refunds": {"image_tag": "1.0.0"},
        },
        "application: services.payments and services.refunds share the path '/v1/payments/*': it can lead to one",
    ),
    (
        {"application.queues": []},
        "application: services.payments.sends names 'receipts'; it may name nothing",
    ),
]


@pytest.mark.parametrize(("changes", "said"), REFUSED, ids=names_of(REFUSED))
def test_an_impossible_product_is_refused(changes: dict[str, Any], said: str, tmp_path: Path) -> None:
    """No door is opened to something that does not exist; the message names application.yaml."""
    assert refusal(tmp_path, changes) == message(said, file="application")
