"""`planproof review`: what plans would do, on one page."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click

from planproof.cli import say, write
from planproof.review.reports import FORMATS


@click.command("review")
@click.argument("plans", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PLAN.json...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the review there.")
@click.option("--settings", type=click.Path(path_type=Path), metavar="FILE", help="planproof.yaml, if it is elsewhere.")
def COMMAND(*, plans: tuple[Path, ...], form: str, output: Path | None, settings: Path | None) -> None:  # noqa: N802 - every command file calls its command COMMAND
    """Review the plans of one change: terraform show -json of each environment's plan.

    Exit 0 safe, 3 needs a human, 1 blocked, 2 when something cannot be reviewed.
    """
    from planproof.review.reports import render  # noqa: PLC0415 - --help loads no rule
    from planproof.review.reports.text import WIDTH  # noqa: PLC0415 - likewise
    from planproof.review.reports.text import render as render_text  # noqa: PLC0415 - likewise
    from planproof.review.reviewing import review  # noqa: PLC0415 - likewise

    found = review(plans, settings=settings)
    terminal = sys.stdout.isatty() and output is None
    if form == "text":
        width = shutil.get_terminal_size((WIDTH, 40)).columns if terminal else WIDTH
        text = render_text(found, width, color=terminal)
    else:
        text = render(found, form)
    if output is None:
        say(text)
    else:
        write(output, text)
        say("".join(f"{one.plan.name}: {one.verdict.level.value}\n" for one in found.plans), err=True)
    sys.exit(found.exit_code)
