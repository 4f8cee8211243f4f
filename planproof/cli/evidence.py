"""`planproof evidence`: a folder that shows an auditor what the infrastructure shows."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from planproof.cli import say

FOUND, DEFECTIVE = 1, 2


@click.command("evidence")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), metavar="FOLDER", help="Write the evidence there.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of the evidence; today when left out."
)
@click.option(
    "--verify", "verified", type=click.Path(path_type=Path), metavar="FOLDER", help="Find out what was changed there."
)
def COMMAND(  # noqa: N802 - every command file calls its command COMMAND
    *, paths: tuple[Path, ...], output: Path | None, as_of: datetime | None, verified: Path | None
) -> None:
    """Write what PATHS show of each PCI DSS requirement, or verify a folder written before.

    PATHS are what `planproof check` judges; without any, the cdktf.out here.
    Exit 0 when no requirement fails or nothing was changed, 1 when one does or something was.
    """
    from planproof.errors import UserError  # noqa: PLC0415 - --help loads nothing
    from planproof.evidence.folder import verify, write  # noqa: PLC0415 - likewise
    from planproof.evidence.model import Status  # noqa: PLC0415 - likewise

    if verified is not None and (paths or output or as_of):
        raise UserError(
            "There are two things to do at once",
            "--verify: stands alone",
            hint="verify a folder, or write one; the inputs of a folder lie in it",
        )
    if verified is not None:
        changes = verify(verified)
        if changes:
            say(f"{verified} is not what was written\n" + "".join(f"  {one}\n" for one in changes), err=True)
            sys.exit(FOUND)
        say(f"{verified}: every file is what was written, and what its inputs give\n")
        return
    if output is None:
        raise UserError("There is no place to write to", "--output: missing", hint="name a new folder: --output FOLDER")
    evidence = write(paths, output, as_of=(as_of or datetime.now(UTC)).date(), project=Path())
    counts = ", ".join(f"{evidence.count(status)} {status}" for status in Status)
    say(f"{output}: {evidence.framework}, {len(evidence.requirements)} requirements: {counts}\n")
    broken = [rule.id for rule in evidence.rules if rule.defects]
    for name in broken:
        say(f"  the rule {name} is defective, so what it shows is not evaluated\n", err=True)
    sys.exit(DEFECTIVE if broken else FOUND if evidence.failed else 0)
