"""A self-contained HTML page from a template that lays out and decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def page(template: Path, **values: Any) -> str:
    """The page; a value the template asks for and nobody gave is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - only this format pays for it

    environment = Environment(
        loader=FileSystemLoader(template.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    text = environment.get_template(template.name).render(**values)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
