"""Headless Chromium, started anew for each look at a page, and what it said while it looked."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--enable-logging=stderr",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PATIENCE: Final = 120
"""Seconds for one page; it takes about two."""

DARK: Final = "--blink-settings=preferredColorScheme=0"
SAID: Final = re.compile(r"CONSOLE.*?\] (.*)")


@dataclass(frozen=True)
class Look:
    """What one start of the browser gave.

    `requests` are the addresses that the page asked for itself, whether or not
    they were answered; `messages` are the lines of its console, errors among them.
    """

    dom: str
    requests: tuple[str, ...]
    messages: tuple[str, ...]


def find() -> str:
    """The browser of this machine."""
    found = next((place for name in NAMES if (place := shutil.which(name))), None)
    assert found, "there is no chromium on PATH: install it, or leave these tests out with -m 'not browser'"
    return found


def look(address: str, *flags: str) -> Look:
    """Load a page, wait until it is complete, and read the document it became."""
    with tempfile.TemporaryDirectory(prefix="browser-") as folder:
        log = Path(folder) / "net.json"
        done = _run(folder, "--dump-dom", f"--log-net-log={log}", *flags, address)
        requests = _requests(json.loads(log.read_text(encoding="utf-8")), address)
    return Look(done.stdout, requests, tuple(SAID.findall(done.stderr)))


def print_to_pdf(address: str) -> bytes:
    """The page on paper, as a person prints it."""
    with tempfile.TemporaryDirectory(prefix="browser-") as folder:
        file = Path(folder) / "page.pdf"
        _run(folder, "--no-pdf-header-footer", f"--print-to-pdf={file}", address)
        return file.read_bytes()


def _run(folder: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start it with a new profile; a browser that hangs is ended with its children, which are in its group."""
    command = [find(), *FLAGS, f"--user-data-dir={folder}/profile", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", start_new_session=True
    ) as process:
        try:
            said, errors = process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    assert process.returncode == 0, errors
    return subprocess.CompletedProcess(command, 0, said, errors)


def _requests(log: Mapping[str, Any], address: str) -> tuple[str, ...]:
    """The requests that the page began; the browser asks for some things of its own, as in every start."""
    started = log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    origin = "/".join(address.split("/")[:3])
    asked = (one["params"] for one in log["events"] if one["type"] == started and "params" in one)
    return tuple(
        str(one["url"]) for one in asked if one.get("initiator") == origin and "/favicon.ico" not in one["url"]
    )
