"""`planproof reach`: who reaches whom, proved before anything exists."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planproof.cli import say
from planproof.errors import UserError

if TYPE_CHECKING:
    from planproof.connectivity.asked import Question
    from planproof.connectivity.proofs import Report

FORMATS = ("text", "json", "markdown", "mermaid", "svg")
SYNTHESIZED = Path("cdktf.out")


@click.command("reach")
@click.argument("ends", nargs=-1, metavar="[FROM TO[:PORT]]")
@click.option("--in", "paths", multiple=True, type=click.Path(path_type=Path), metavar="PATH", help="What to judge.")
@click.option("--environment", "environments", multiple=True, metavar="NAME", help="Only this environment.")
@click.option("--to", "target", metavar="HOST", help="Everybody who reaches this host.")
@click.option(
    "--diff",
    nargs=2,
    type=click.Path(path_type=Path),
    metavar="OLD NEW",
    help="The flows that NEW has and OLD does not, and the other way round.",
)
@click.option("--explain", is_flag=True, help="Every hop of every flow.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--settings", type=click.Path(path_type=Path), metavar="FILE", help="planproof.yaml, if it is elsewhere.")
def COMMAND(  # noqa: N802 - every command file calls its command COMMAND
    *,
    ends: tuple[str, ...],
    paths: tuple[Path, ...],
    environments: tuple[str, ...],
    target: str | None,
    diff: tuple[Path, Path] | None,
    explain: bool,
    form: str,
    settings: Path | None,
) -> None:
    """Prove the flows of synthesized JSON, a plan or a state; without --in, of the cdktf.out here.

    FROM and TO ask about one flow: planproof reach payments database:5432 --explain.
    Exit 0 when all is proven, 1 when something is refuted, 2 when something cannot be judged.
    """
    from planproof.connectivity import asked  # noqa: PLC0415 - --help reads no network

    if diff:
        text, code = asked.compared(*diff, form)
    else:
        files = tuple(Path(end) for end in ends if end.endswith(".json"))
        names = tuple(end for end in ends if not end.endswith(".json"))
        question = question_of(names, target)
        reports = asked.reports((*paths, *files) or (default(),), environments, settings, question)
        text, code = shown(reports, form, question, explain=explain), asked.code(reports)
    say(text)
    sys.exit(code)


def default() -> Path:
    """The folder that a synthesis leaves here."""
    if not SYNTHESIZED.is_dir():
        raise UserError(
            "there is nothing to judge",
            f"{SYNTHESIZED} is not a folder here",
            hint="synthesise first (cdktf synth), or name a file with --in",
        )
    return SYNTHESIZED


def question_of(ends: tuple[str, ...], target: str | None) -> Question:
    """What is asked: everything, one flow, or everybody who reaches a host."""
    from planproof.connectivity.asked import Question  # noqa: PLC0415 - likewise

    if len(ends) not in {0, 2} or (ends and target):
        raise UserError(
            "the question cannot be understood",
            f"expected FROM and TO, or --to HOST, got {' '.join(ends) or target}",
            hint="planproof reach payments database:5432 --explain",
        )
    return Question(*ends) if ends else Question(target=target or "")


def shown(reports: tuple[Report, ...], form: str, question: Question, *, explain: bool) -> str:
    """The answers in the form that was asked for."""
    from planproof.connectivity import picture, render  # noqa: PLC0415 - likewise

    if form == "json":
        return render.as_json([render.data(report) for report in reports])
    if form in {"mermaid", "svg"}:
        if len(reports) != 1:
            raise UserError(
                "one picture shows one environment",
                f"asked for {', '.join(report.name for report in reports)}",
                hint=f"add --environment {reports[-1].name}",
            )
        return picture.mermaid(reports[0]) if form == "mermaid" else picture.svg(reports[0])
    if form == "markdown":
        return "\n".join(render.markdown(report) for report in reports)
    detail = explain or bool(question.source)
    return "\n".join(render.text(report, explain=detail) for report in reports)
