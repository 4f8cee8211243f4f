"""Plans made by the real Terraform: each change in a folder of its own, all with one initialised provider.

The state is a local copy of the deployment's: a plan changes nothing, so it needs no lock.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.review.generate.account import Account
from tests.review.generate.stack import Stack

LAST_CHARACTERS = 3000
PUBLISHED_URL = "http://127.0.0.1:5755"
"""The emulator's port is another one in each run; the plans say the one of `make emulator`."""
PUBLISHED_TIME = "2026-11-23T12:00:00Z"


class Refused(Exception):  # noqa: N818 - it is Terraform's answer
    """Terraform did not make the plan; the message is what it said."""


@dataclass(frozen=True, kw_only=True)
class Workshop:
    """Where plans of one environment are made."""

    account: Account
    folder: Path

    @property
    def state(self) -> bytes:
        """The deployment's state, complete: see `prepare`."""
        return (self._initialised / "terraform.tfstate").read_bytes()

    def _defaults(self) -> Iterator[tuple[str, str]]:
        for kind, named in self.account.stack.raw["resource"].items():
            if kind.startswith("aws_default_"):
                yield from ((kind, name) for name in named)

    @property
    def prepared(self) -> bool:
        """Whether that was done before."""
        return (self._initialised / "terraform.tfstate").exists()

    @property
    def _initialised(self) -> Path:
        return self.folder / "initialised"

    def prepare(self) -> None:
        """Initialise the provider and complete the state, once for all plans.

        Right after an apply the default parts of a VPC do not know what was made since:
        without a look at them, even the plan of no change would be an update.
        """
        place = self._place("initialised", self.account.stack)
        (place / "terraform.tfstate").write_bytes(self.account.state)
        self._terraform(place, "init", "-input=false", "-no-color")
        targets = [f"-target={kind}.{name}" for kind, name in self._defaults()]
        self._terraform(place, "apply", "-refresh-only", "-auto-approve", "-input=false", "-no-color", *targets)

    def plan(self, name: str, stack: Stack, arguments: Sequence[str], *, state: bytes | None) -> dict[str, Any]:
        """What `terraform show -json` prints of the plan for `stack`. Raises Refused when there is none."""
        place = self._place(name, stack)
        if state is not None:
            (place / "terraform.tfstate").write_bytes(state)
        self._terraform(place, "plan", "-input=false", "-no-color", "-out=plan", "-lock=false", *arguments)
        printed = self._terraform(place, "show", "-json", "plan").replace(self.account.url, PUBLISHED_URL)
        plan: dict[str, Any] = json.loads(printed)
        shutil.rmtree(place)
        plan["timestamp"] = PUBLISHED_TIME
        return plan

    def _place(self, name: str, stack: Stack) -> Path:
        place = self.folder / name
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        raw = {**stack.raw, "terraform": {**stack.raw["terraform"]}}
        del raw["terraform"]["backend"]
        (place / "cdk.tf.json").write_text(json.dumps(raw, indent=2), encoding="utf-8")
        shutil.copy(self.account.folder / ".terraform.lock.hcl", place)
        return place

    def _terraform(self, place: Path, *arguments: str) -> str:
        variables = {**self.account.tools.variables, "TF_DATA_DIR": str(self._initialised / ".terraform")}
        done = subprocess.run(
            [self.account.tools.terraform, *arguments],
            cwd=place,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise Refused(f"{place.name}: {done.stderr[-LAST_CHARACTERS:]}")
        return done.stdout


def earlier(state: bytes, stack: Stack, attributes: Mapping[str, Mapping[str, Any]]) -> bytes:
    """The state as an earlier apply of these attributes would have left it."""
    if not attributes:
        return state
    found = json.loads(state)
    wanted = {stack.address(path): values for path, values in attributes.items()}
    for resource in found["resources"]:
        values = wanted.get(f"{resource['type']}.{resource['name']}", {})
        resource["instances"][0]["attributes"].update(values)
    return json.dumps(found).encode()
