"""`planproof explain`: one rule in full."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from planproof.cli import say
from planproof.errors import UserError

if TYPE_CHECKING:
    from planproof.rule import AnyRule


@click.command("explain")
@click.argument("rule")
def COMMAND(rule: str) -> None:  # noqa: N802 - every command file calls its command COMMAND
    """Tell what RULE finds, why it matters, how to put it right, and what proves it."""
    from planproof.rules import rules  # noqa: PLC0415 - --help loads no rule

    found = {one.id: one for one in rules()}
    if rule not in found:
        near = get_close_matches(rule, found, 1)
        hint = f"did you mean {near[0]}?" if near else "planproof rules lists them all"
        raise UserError("There is no such rule", f"{rule}: not found", hint=hint)
    say(explained(found[rule]))


def explained(rule: AnyRule) -> str:
    """Everything a rule says about itself."""
    from planproof.frameworks import controls  # noqa: PLC0415 - only this command needs it
    from planproof.rule import only  # noqa: PLC0415 - likewise

    known = controls()
    lines = [
        f"{rule.id}: {rule.sentence}",
        "",
        f"severity   {rule.severity}",
        f"judges     {', '.join(rule.resources)}{only(rule)}",
        f"because    {rule.why}",
        f"hint       {rule.fix}",
        f"docs       {rule.docs}",
        f"waivable   {'yes' if rule.waivable else 'never'}",
    ]
    if rule.controls:
        lines += ["", "controls", *(f"  {control}  {known.get(control, '')}".rstrip() for control in rule.controls)]
    lines += ["", "proved by breaking", *(f"  {fault}" for fault in rule.mutations)]
    return "\n".join(lines) + "\n"
