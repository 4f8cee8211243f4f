"""The judges: prove AWS Terraform before it is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planproof.checking import Report, check, read
    from planproof.reports.text import render as render_text

__all__ = ["Report", "check", "read", "render_text"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The library's entry points, loaded when they are first used: `planproof --version` needs none."""
    if name in {"check", "read", "Report"}:
        from planproof import checking  # noqa: PLC0415 - lazily

        return getattr(checking, name)
    if name == "render_text":
        from planproof.reports.text import render  # noqa: PLC0415 - lazily

        return render
    raise AttributeError(name)
