"""The root package of a provider's bindings, without its two thousand imports."""

from __future__ import annotations

import importlib
import sys
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

PREFIX: Final = "cdktf_cdktf_provider_"


class LazyRoot:
    """Finder and loader of provider root packages; every other name is left to the next finder."""

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Answer for an installed provider that has the expected layout."""
        if "." in name or not name.startswith(PREFIX):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not spec.submodule_search_locations:
            return None
        if not Path(spec.submodule_search_locations[0], "_jsii", "__init__.py").is_file():
            return None
        spec.loader = cls  # type: ignore[assignment]  # a class with the three methods is a loader
        return spec

    @staticmethod
    def create_module(_spec: ModuleSpec) -> None:
        """Let Python make an ordinary module."""

    @staticmethod
    def exec_module(module: ModuleType) -> None:
        """Give the module its namespaces by name, each imported when it is asked for."""
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
        entry.parent.name for entry in folder.glob("*/__init__.py") if entry.parent.name != "_jsii"
    )


def tell_jsii(package: str, namespaces: frozenset[str]) -> None:
    """Let jsii import the namespace of a type that it meets before the program has imported it."""
    from jsii import _reference_map  # noqa: PLC0415 - importing jsii takes time that --status does not need

    assembly = "@cdktf/provider-" + package.removeprefix(PREFIX).replace("_", "-")
    for namespace in namespaces:
        first, *rest = namespace.split("_")
        camel = first + "".join(word[:1].upper() + word[1:] for word in rest)
        _reference_map._submodule_fqn_map[f"{assembly}.{camel}"] = f"{package}.{namespace}"  # noqa: SLF001 - jsii's own register


def prepare() -> None:
    """Put the finder in front of Python's own."""
    if LazyRoot not in sys.meta_path:
        sys.meta_path.insert(0, LazyRoot)
