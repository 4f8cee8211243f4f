"""The command line: one file a command, found by being here and loaded when it is asked for."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import click

from planproof import __version__
from planproof.errors import UserError

WRONG = 2


class Commands(click.Group):
    """The files of this folder as commands; each has a click command called COMMAND."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command by name, without loading any."""
        del ctx
        return sorted(module.name.replace("_", "-") for module in iter_modules(__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name.replace('-', '_')}").COMMAND
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="planproof")
def planproof() -> None:
    """Prove AWS Terraform before it is applied.

    Exit codes: 0 clean, 1 findings, 2 something the reader of the message can put right.
    """


def main(arguments: list[str] | None = None) -> Any:
    """Run a command; a mistake of the user is told in one message, without a traceback.

    In a process of its own nothing is collected, nor at the end: it lives for seconds and makes no garbage in circles.
    """
    alone = arguments is None
    if alone:
        gc.disable()
    try:
        return planproof.main(args=arguments, prog_name="planproof")
    except UserError as error:
        sys.stderr.flush()
        say(f"{error}\n", err=True)
        sys.exit(WRONG)
    finally:
        if alone:
            gc.freeze()


def say(text: str, *, err: bool = False) -> None:
    """Write text whatever it holds: what the terminal's encoding lacks is escaped."""
    stream = sys.stderr if err else sys.stdout
    data = text.encode(stream.encoding or "utf-8", "backslashreplace")
    click.echo(data.decode(stream.encoding or "utf-8"), nl=False, err=err)


def write(file: Path, text: str) -> None:
    """Write a file. Raises `UserError` when it cannot be written."""
    try:
        file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise UserError(
            f"{file} cannot be written", error.strerror or "not writable", hint="name a file in a folder that exists"
        ) from error
