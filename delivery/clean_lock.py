"""Takes the package index out of Pipfile.lock: a lock names versions and hashes, never a host.

`pipenv sync` and `pipenv verify` accept such a lock and use pipenv's default index.
"""

from __future__ import annotations

import json
from pathlib import Path

from delivery.toolchain import ROOT

FILE = ROOT / "Pipfile.lock"


def clean(text: str) -> str:
    """The lock without the address of any index."""
    lock = json.loads(text)
    lock["_meta"]["sources"] = []
    for section in ("default", "develop"):
        for package in lock[section].values():
            package.pop("index", None)
    return json.dumps(lock, indent=4) + "\n"


def main(file: Path = FILE) -> None:
    """Clean the lock file in place."""
    file.write_text(clean(file.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
