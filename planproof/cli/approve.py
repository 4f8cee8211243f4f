"""`planproof approve`: give one's word for one plan."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from planproof.cli import say, write


@click.command("approve")
@click.argument("plan", type=click.Path(path_type=Path), metavar="PLAN.json")
@click.option("--by", required=True, metavar="NAME", help="Who approves.")
@click.option("--for", "answers_for", multiple=True, metavar="ROLE", help="Whom they answer for; all when left out.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the approval there.")
@click.option("--settings", type=click.Path(path_type=Path), metavar="FILE", help="planproof.yaml, if it is elsewhere.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day; today when left out.")
def COMMAND(  # noqa: N802 - every command file calls its command COMMAND
    *,
    plan: Path,
    by: str,
    answers_for: tuple[str, ...],
    output: Path | None,
    settings: Path | None,
    on: datetime | None,
) -> None:
    """Approve PLAN.json; the approval holds for these bytes and no others.

    `planproof apply` shows the binary plan again and compares. A blocked plan cannot be approved.
    """
    from planproof.review.approval import approve  # noqa: PLC0415 - --help loads no rule
    from planproof.review.reviewing import review  # noqa: PLC0415 - likewise

    found = review([plan], settings=settings)
    one = found.plans[0]
    reasons = tuple(
        found.mask(f"{reason.effect.kind.value}: {reason.effect.where}: {reason.effect.text}")
        for reason in one.verdict.reasons
    )
    day = (on or datetime.now(UTC)).date().isoformat()
    approval = approve(one, by, day, answers_for, reasons)
    if output is None:
        say(approval.text)
        return
    write(output, approval.text)
    say(f"{output}: {approval.approved_by} approved {approval.sha256} of {approval.environment}\n", err=True)
