"""`planproof rules`: every rule in one line each, or all of them in full as Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from planproof.cli import say, write


@click.command("rules")
@click.option("--format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the list there.")
def COMMAND(form: str, output: Path | None) -> None:  # noqa: N802 - every command file calls its command COMMAND
    """List the rules: severity, id, and what each finds; as Markdown also why, how to fix, and the controls."""
    from planproof.rulebook import page  # noqa: PLC0415 - --help loads no rule
    from planproof.rules import rules  # noqa: PLC0415 - likewise

    found = rules()
    width = max((len(rule.id) for rule in found), default=0)
    text = (
        page(found)
        if form == "markdown"
        else "".join(f"{rule.severity!s:<8}  {rule.id:<{width}}  {rule.sentence}\n" for rule in found)
    )
    if output is None:
        say(text)
    else:
        write(output, text)
