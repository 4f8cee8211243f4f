"""`planproof cost`: what the environments cost in a month, and what cannot be known before they run."""

from __future__ import annotations

from pathlib import Path

import click

from planproof.cli import say, write
from planproof.errors import UserError

FORMATS = ("text", "json", "markdown")


@click.command("cost")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--environment", "environments", multiple=True, metavar="NAME", help="Only this environment; may be repeated."
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the estimate there.")
def cost(paths: tuple[Path, ...], environments: tuple[str, ...], form: str, output: Path | None) -> None:
    """Estimate the monthly cost of configurations, plans or states; of cdktf.out when there is no path."""
    from planproof.checking import read  # noqa: PLC0415 - loaded when the command runs
    from planproof.cost.estimate import estimate  # noqa: PLC0415 - likewise
    from planproof.cost.prices import load  # noqa: PLC0415 - likewise
    from planproof.cost.render import RENDER  # noqa: PLC0415 - likewise

    documents = read(paths or (Path("cdktf.out"),))
    names = [document.name for document in documents]
    strangers = [name for name in environments if name not in names]
    if strangers:
        raise UserError(
            "the cost cannot be estimated",
            *(f"{name}: no such environment" for name in strangers),
            hint=f"the environments are {', '.join(names)}",
        )
    prices = load()
    chosen = [document for document in documents if not environments or document.name in environments]
    text = RENDER[form]([estimate(document, prices) for document in chosen])
    if output is None:
        say(text)
    else:
        write(output, text)


COMMAND = cost
