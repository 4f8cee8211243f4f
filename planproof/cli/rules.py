"""`planproof rules`: every rule in one line each."""

from __future__ import annotations

import click

from planproof.cli import say


@click.command("rules")
def COMMAND() -> None:  # noqa: N802 - every command file calls its command COMMAND
    """List the rules: severity, id, and what each finds."""
    from planproof.rules import rules  # noqa: PLC0415 - --help loads no rule

    found = rules()
    width = max((len(rule.id) for rule in found), default=0)
    for rule in found:
        say(f"{rule.severity!s:<8}  {rule.id:<{width}}  {rule.sentence}\n")
