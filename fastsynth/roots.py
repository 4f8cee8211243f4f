"""The root package of a provider's bindings, without its two thousand imports."""

from __future__ import annotations

import importlib
import os
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastsynth.bytecode import Loader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from fastsynth.bytecode import Bytecode

PREFIX: Final = "cdktf_cdktf_provider_"


class Finder:
    """Finds the packages that CDKTF is made of; every other name is left to the next finder."""

    def __init__(self, bytecode: Bytecode, announce: Callable[[ModuleType], None]) -> None:
        self._bytecode = bytecode
        self._announce = announce

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for CDKTF and for installed providers that have the expected layout."""
        package, _, namespace = name.partition(".")
        provider = package.startswith(PREFIX)
        if not (provider or package == "cdktf") or "_jsii" in namespace:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not spec.origin or not spec.origin.endswith("__init__.py"):
            return None
        if provider and not namespace:
            if Path(spec.origin).with_name("_jsii").is_dir():
                spec.loader = Root()  # type: ignore[assignment]  # it has the two methods that a loader needs
        else:
            spec.loader = Loader(name, spec.origin, self._bytecode, self._announce if provider else None)
        return spec


class Root:
    """Loads the root package of a provider: empty, each namespace imported when it is asked for."""

    def create_module(self, _spec: ModuleSpec) -> None:
        """Let Python make an ordinary module."""

    def exec_module(self, module: ModuleType) -> None:
        """Give the module its namespaces by name."""
        namespaces = find_namespaces(Path(next(iter(module.__path__))))

        def get(name: str) -> Any:
            if name == "__all__":
                return sorted(namespaces)
            if name in namespaces:
                return importlib.import_module(f"{module.__name__}.{name}")
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")

        module.__dict__.update(__getattr__=get, __dir__=lambda: sorted({*module.__dict__, *namespaces}))
        tell_jsii(module.__name__, namespaces)


def find_namespaces(folder: Path) -> frozenset[str]:
    """Names of the packages in a provider's folder."""
    return frozenset(
        entry.name for entry in os.scandir(folder) if entry.is_dir() and entry.name not in {"_jsii", "__pycache__"}
    )


def tell_jsii(package: str, namespaces: frozenset[str]) -> None:
    """Let jsii import the namespace of a type that it meets before the program has imported it."""
    from jsii import _reference_map  # noqa: PLC0415 - importing jsii takes time that --status does not need

    assembly = "@cdktf/provider-" + package.removeprefix(PREFIX).replace("_", "-")
    for namespace in namespaces:
        first, *rest = namespace.split("_")
        camel = first + "".join(word[:1].upper() + word[1:] for word in rest)
        _reference_map._submodule_fqn_map[f"{assembly}.{camel}"] = f"{package}.{namespace}"  # noqa: SLF001 - jsii's own register
