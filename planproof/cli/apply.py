"""`planproof apply`: apply the plan that was approved, and no other."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from planproof.cli import say


@click.command("apply")
@click.argument("plan", type=click.Path(path_type=Path), metavar="PLAN")
@click.option(
    "--approved-by", "approvals", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
    help="An approval that planproof approve wrote; may be repeated.",
)  # fmt: skip
@click.option("--name", metavar="ENVIRONMENT", help="The environment; the name of the folder when left out.")
@click.option(
    "--chdir", "folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Where terraform init was run."
)
@click.option("--settings", type=click.Path(path_type=Path), metavar="FILE", help="planproof.yaml, if it is elsewhere.")
def COMMAND(  # noqa: N802 - every command file calls its command COMMAND
    *, plan: Path, approvals: tuple[Path, ...], name: str | None, folder: Path | None, settings: Path | None
) -> None:
    """Apply Terraform's binary PLAN when its JSON is what was approved, or when it is safe.

    Exit 0 when it is applied, 2 when it is refused; else Terraform's own.
    """
    from planproof import settings as settings_file  # noqa: PLC0415 - --help loads no rule
    from planproof.review import applying  # noqa: PLC0415 - likewise
    from planproof.review.approval import read, refuse_unless_approved  # noqa: PLC0415 - likewise
    from planproof.review.plan import of_bytes  # noqa: PLC0415 - likewise
    from planproof.review.reviewing import reviewed  # noqa: PLC0415 - likewise

    given = tuple(read(file) for file in approvals)
    home = folder or plan.absolute().parent
    data = applying.shown(plan, home)
    known = settings_file.read(settings) if settings else settings_file.near(Path())
    loaded = of_bytes(data, name=name or home.absolute().name, source=str(plan))
    one = reviewed([loaded], known).plans[0]
    refuse_unless_approved(one, given)
    who = ", ".join(approval.approved_by for approval in given) or "nobody had to approve it"
    say(f"{plan}: {one.verdict.level.value}, {loaded.sha256}: {who}\n", err=True)
    sys.exit(applying.run(plan, home))
