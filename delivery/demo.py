"""`make demo`: staging, generated, judged, deployed for real to an emulated account, tested, shown."""

from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from delivery import summary
from delivery.cdktf import emulated, say
from delivery.deploy import account_of, deploy
from delivery.interrupt import call
from delivery.outputs import FILE
from delivery.toolchain import ROOT, WORK, Toolchain, find
from emulator.process import running
from messages import UserError

ENVIRONMENT = "staging"
FOLDER = WORK / "demo"
"""Emptied at each start, so it is nobody else's: the local state of what is deployed to `make emulator` stays."""
RESOURCE = re.compile(r"(aws_\w+\.[\w-]+).*: (Creation complete|Still creating)")
SECONDS_BETWEEN_LINES = 10


def demo(variables: Mapping[str, str]) -> int:
    """Run every step, telling which one and how long it took; gives the exit code."""
    started = time.monotonic()
    step = _steps(6)
    step("synthesise and judge dev, staging and prod")
    if (code := call([sys.executable, "main.py"], ROOT, variables)) != 0:
        return code
    try:
        find(variables)
    except UserError as error:
        say(f"left out: the deployment, its tests and its summary. {_one_line(error)}")
        return 0
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    step("start an emulated AWS account")
    with running(log=FOLDER / "emulator.log") as account:
        tools = find(emulated(variables, account.url, account_of(ENVIRONMENT, variables)))
        step(f"deploy {ENVIRONMENT}-state: the bucket and the key of the remote state")
        _deploy(tools, f"{ENVIRONMENT}-state", FOLDER / "state-outputs.json")
        step(f"cdktf deploy {ENVIRONMENT}")
        outputs = _deploy(tools, ENVIRONMENT, FILE)
        step("test what is there, starting from cfn-outputs/flat-outputs.json alone")
        code = call(
            [sys.executable, "-m", "pytest", "tests/integration", "-p", "no:cacheprovider", "-n", "0"],
            ROOT,
            {**tools.variables, "EMULATOR_URL": account.url, "SYNTHESISED_IN": str(FOLDER / "cdktf.out")},
        )
        step("what was deployed")
        summary.show(outputs, account.url)
    say(f"done in {time.monotonic() - started:.0f} s; the emulated account is gone, {FILE.relative_to(ROOT)} stays")
    return code


def _deploy(tools: Toolchain, stack: str, kept: Path) -> dict[str, str]:
    """Deploy with the whole log in a file, and one line for each ten resources on the screen."""
    log = FOLDER / f"{stack}.log"
    with log.open("w", encoding="utf-8") as file:
        return deploy(tools, stack, FOLDER / "cdktf.out", Progress(file), kept=kept)


class Progress:
    """A log file that tells the person how far a deployment is."""

    def __init__(self, log: IO[str]) -> None:
        self._log = log
        self._made = 0
        self._waiting: set[str] = set()
        self._started = self._said = time.monotonic()

    def write(self, line: str) -> int:
        """Keep the line; count it when it says that a resource is there."""
        if found := RESOURCE.search(line):
            address, what = found.groups()
            if what == "Creation complete":
                self._made += 1
                self._waiting.discard(address)
            else:
                self._waiting.add(address)
            self._tell()
        return self._log.write(line)

    def _tell(self) -> None:
        now = time.monotonic()
        if now - self._said >= SECONDS_BETWEEN_LINES:
            self._said = now
            kinds = sorted({address.split(".")[0] for address in self._waiting})
            waiting = f", waiting for {', '.join(kinds[:3])}" if kinds else ""
            say(f"      {now - self._started:3.0f} s  {self._made} resources{waiting}")

    def flush(self) -> None:
        """Write through, so that the log can be followed."""
        self._log.flush()


def _steps(total: int) -> Callable[[str], None]:
    """A counter that says each step on a line of its own."""
    number = 0

    def step(text: str) -> None:
        nonlocal number
        number += 1
        say(f"[{number}/{total}] {text}")

    return step


def _one_line(error: UserError) -> str:
    """A message of several lines on one: where (what); hint."""
    where, *problems, hint = (line.strip() for line in str(error).splitlines() if line.strip())
    return f"{where} ({'; '.join(problems)}); {hint}"
