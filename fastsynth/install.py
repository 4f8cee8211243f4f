"""What `import fastsynth` does, in order, and when it does nothing."""

from __future__ import annotations

import os
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from fastsynth import node, roots

TESTED_JSII: Final = ("1.142.0",)


class UnexpectedError(Exception):
    """Something here is not as it was when fastsynth was tested."""


def install() -> None:
    """Make the imports that follow fast, or say in one line why they are not."""
    if os.environ.get("FASTSYNTH", "").lower() == "off":
        return
    try:
        check()
    except UnexpectedError as reason:
        print(f"fastsynth: off, plain CDKTF instead: {reason}", file=sys.stderr)  # noqa: T201 - the one line
        return
    node.prepare(os.environ)
    roots.prepare()


def check() -> None:
    """Refuse a machine on which the shortcuts were not tested."""
    try:
        found = version("jsii")
    except PackageNotFoundError:
        raise UnexpectedError("jsii is not installed") from None
    if found not in TESTED_JSII:
        raise UnexpectedError(f"jsii {found} is not one of the tested versions ({', '.join(TESTED_JSII)})")
    early = sorted(name for name in sys.modules if name == "cdktf" or name.startswith(roots.PREFIX))
    if early:
        raise UnexpectedError(f"{early[0]} was imported before fastsynth")
