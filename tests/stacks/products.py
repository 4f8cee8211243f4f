"""Other products than ours, on the same platform: `python -m tests.stacks.products FOLDER` synthesises all of them.

One stack each, in one process, as main.py does it. What a product leaves out is left out of the stack.
"""

from __future__ import annotations

# isort: off
import fastsynth  # before cdktf

# isort: on
import json
import sys
from pathlib import Path
from typing import Any

from cdktf import App

from environments.load import load
from stacks.environment import Platform
from stacks.target import Target
from tests.environments.environment_files import changed, committed

WHY = "it is what the product does"
OWN = {key: committed("application")[key] for key in ("project", "ownership", "repository")}
SIZE = {"image_tag": "1.0.0"}
AUDIT = ("trail", "config", "guardduty", "security_hub", "access_analyzer", "inspector")

Settings = dict[str, Any]

PRODUCTS: dict[str, tuple[list[str], Settings, Settings]] = {
    "dev": (
        [],
        {
            "shop": {"exposure": "public", "port": 8080, "paths": ["/shop/*"], "calls": {"cache": WHY, "stock": WHY}},
            "stock": {"exposure": "public", "port": 8081, "paths": ["/stock/*"], "calls": {"database": WHY}},
        },
        {"network.nat": "none"},
    ),
    "staging": (
        ["orders", "returns"],
        {
            "books": {"exposure": "internal", "port": 8080, "calls": {"database": WHY}},
            "mailer": {"exposure": "worker", "receives": {"orders": WHY, "returns": WHY}},
        },
        {"domain": None, **{f"audit.{name}": False for name in AUDIT}},
    ),
    "prod": ([], {"page": {"exposure": "public", "port": 8080, "paths": ["/*"]}}, {"database.proxy": False}),
}
"""By environment, the queues, the services and what else is different: two public services, without NAT; nothing public
and one worker on two queues, in an account whose witnesses are another stack's; one service that needs no store."""


def environment_files(name: str, folder: Path) -> Path:
    """The two files that say what one product is, in a folder of its own."""
    queues, services, changes = PRODUCTS[name]
    settings = {**committed(name), "services": dict.fromkeys(services, SIZE)}
    for path, value in changes.items():
        settings = changed(settings, path, value)
    place = folder / f"{name}-files"
    place.mkdir(parents=True)
    for file, raw in (("application", {**OWN, "queues": queues, "services": services}), (name, settings)):
        (place / f"{file}.yaml").write_text(json.dumps(raw), encoding="utf-8")
    return place


def main(folder: Path) -> None:
    """Synthesise every product to `folder`/cdktf.out."""
    app = App(outdir=str(folder / "cdktf.out"))
    for name in PRODUCTS:
        Platform(app, load(name, {}, environment_files(name, folder)), Target())
    app.synth()
    fastsynth.release()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
