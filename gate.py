"""The compliance gate: planproof judges what was synthesised, and Terraform sees it only when there is no finding.

While Node synthesises, this process would wait. Where the program is as it was
in its last run, the gate meanwhile judges what lies there from that run. The
judgement holds if what is written then is the same to the byte; else it is
made again.
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import planproof
from messages import UserError
from planproof.errors import UserError as PlanproofError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planproof import Report
    from planproof.document import Document

ROOT: Final = Path(__file__).parent
WIDTH: Final = 100
STOP, REPORT = "stop", "report"
FOUND: Final = 1
"""What planproof says when it has findings; 2 is a mistake or a defective rule, which always stops."""


class Kept(NamedTuple):
    """What the last run left."""

    contents: Mapping[Path, bytes]
    documents: Sequence[Document]


def around(synthesis: Callable[[], None], folder: Path, *, as_before: bool) -> Report:
    """Synthesise into a folder and judge what is there then; `as_before` when it is likely to be what is there now."""
    kept = _kept(folder) if as_before else None
    with ThreadPoolExecutor(max_workers=1) as beside:
        early = beside.submit(judged, kept.documents) if kept is not None else None
        ready = beside.submit(load) if early is None else None
        synthesis()
        if early is not None and kept is not None and contents(folder) == kept.contents:
            return early.result()
        if ready is not None:
            ready.result()
    return judged([folder])


def contents(folder: Path) -> Mapping[Path, bytes]:
    """Everything the gate judges in a folder."""
    return {file: file.read_bytes() for file in sorted(folder.glob("stacks/*/*.json"))}


def _kept(folder: Path) -> Kept | None:
    """What lies in a folder, read before it is written again; nothing when it cannot be judged."""
    try:
        return Kept(contents(folder), planproof.read([folder]))
    except (PlanproofError, OSError):  # an interrupted run left it, or none was here
        return None


def load() -> None:
    """Import what the gate needs."""
    import_module("planproof.rules").rules()


def judged(given: Sequence[Document | Path]) -> Report:
    """What planproof says, today, with the settings and waivers of this repository."""
    return planproof.check(given, as_of=datetime.now(UTC).date(), folder=ROOT)


def checked(mode: str) -> str:
    """How the gate is to act. Raises `UserError` for what is no such word."""
    if mode not in {STOP, REPORT}:
        raise UserError("GATE cannot be used", f"found {mode!r}", hint=f"set GATE to {STOP} or to {REPORT}")
    return mode


def told(report: Report, mode: str) -> int:
    """Say what was found and give the exit code; with GATE=report findings do not stop."""
    text = planproof.render_text(report, WIDTH, color=False)
    sys.stderr.write(f"{text.splitlines()[-1] if report.exit_code == 0 else text.rstrip()}\n")
    if mode == REPORT and report.exit_code == FOUND:
        sys.stderr.write("GATE=report: the findings above do not stop this deployment\n")
        return 0
    return report.exit_code
