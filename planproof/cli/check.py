"""`planproof check`: judge configurations, plans and states by every rule."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from planproof.cli import say, write
from planproof.reports import FORMATS
from planproof.rule import Severity

SEVERITIES = [str(severity) for severity in Severity]


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--environment", "environments", multiple=True, metavar="NAME", help="Only this environment; may be repeated."
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the report there.")
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES), default="low", show_default=True, help="The least severity that fails."
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A JSON report; its findings do not fail while the same is found at the same place.",
)
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only this rule; may be repeated.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day for waivers; today when left out."
)
def COMMAND(  # noqa: N802 - every command file calls its command COMMAND
    *,
    paths: tuple[Path, ...],
    environments: tuple[str, ...],
    form: str,
    output: Path | None,
    fail_on: str,
    baseline: Path | None,
    rules: tuple[str, ...],
    as_of: datetime | None,
) -> None:
    """Judge PATHS: cdk.tf.json, plan or state JSON, or a folder; without any, the cdktf.out here.

    Exit 0 when clean, 1 with findings, 2 when something cannot be judged.
    """
    from planproof.checking import check  # noqa: PLC0415 - --help loads no rule
    from planproof.reports import render  # noqa: PLC0415 - likewise
    from planproof.reports.text import WIDTH  # noqa: PLC0415 - likewise
    from planproof.reports.text import render as render_text  # noqa: PLC0415 - likewise

    report = check(
        paths,
        as_of=(as_of or datetime.now(UTC)).date(),
        environments=environments,
        rules=rules,
        baseline=baseline,
        fail_on=Severity[fail_on.upper()],
    )
    terminal = sys.stdout.isatty() and output is None
    if form == "text":
        width = shutil.get_terminal_size((WIDTH, 40)).columns if terminal else WIDTH
        text = render_text(report, width, color=terminal)
    else:
        text = render(report, form)
    if output is None:
        say(text)
    else:
        write(output, text)
        say(render_text(report).splitlines()[-1] + "\n", err=True)
    sys.exit(report.exit_code)
