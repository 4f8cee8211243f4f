"""`planproof frameworks`: the control catalogues, and how many controls the rules show."""

from __future__ import annotations

import click

from planproof.cli import say


@click.command("frameworks")
def COMMAND() -> None:  # noqa: N802 - every command file calls its command COMMAND
    """List the catalogues of controls, and the rules that show each control."""
    from planproof.frameworks import frameworks  # noqa: PLC0415 - --help loads no rule
    from planproof.rules import rules  # noqa: PLC0415 - likewise

    found = rules()
    for framework in frameworks():
        shown = {
            number: [rule.id for rule in found if f"{framework.id}/{number}" in rule.controls]
            for number in framework.controls
        }
        covered = sum(bool(ids) for ids in shown.values())
        say(
            f"{framework.id}: {framework.name} {framework.version}, {covered} of {len(shown)} controls shown by rules\n"
        )
        for number, ids in shown.items():
            if ids:
                say(f"  {number:<10} {framework.controls[number]}\n{'':13}{', '.join(ids)}\n")
