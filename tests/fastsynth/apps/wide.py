"""An app that touches 200 namespaces of the AWS provider: the first argument is the folder it writes to.

Which namespaces, and what their required arguments are set to, follows from
the installed bindings alone, so that the app works with any version of them.
"""

from __future__ import annotations

import importlib
import inspect
import json
import os
import sys
import typing
from pathlib import Path
from typing import Any

if "--fast" in sys.argv:
    import fastsynth  # noqa: F401 - the import is what it does

from cdktf import App, TerraformOutput, TerraformStack

PACKAGE = "cdktf_cdktf_provider_aws"
COUNT = int(os.environ.get("WIDE_NAMESPACES", "200"))
STACKS = ("first", "second", "third")


def namespaces() -> list[str]:
    """Names spread evenly over the alphabet, so that every corner of the provider is in."""
    folders = (Path(entry, PACKAGE) for entry in sys.path if Path(entry, PACKAGE).is_dir())
    names = sorted(
        path.parent.name
        for path in next(folders).glob("*/__init__.py")
        if path.parent.name not in {"_jsii", "provider"}
    )
    return [names[index * len(names) // COUNT] for index in range(COUNT)]


def main_class(module: Any) -> type:
    """Find the one resource or data source of a namespace."""
    name = next(name for name in module.__all__ if f"{name}Config" in module.__all__)
    found: type = getattr(module, name)
    return found


def required(callable_: Any) -> dict[str, Any]:
    """Make a value for each argument without a default."""
    hints = typing.get_type_hints(callable_)
    return {
        name: value(hints[name], name)
        for name, parameter in inspect.signature(callable_).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.default is parameter.empty
    }


def value(hint: Any, name: str) -> Any:
    """Make the smallest value that the type checks of the bindings accept."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Union:
        return value(next((arg for arg in args if not is_token(arg)), args[0]), name)
    if hint in (str, bool, float, int):
        return {str: f"{name}-value", bool: True, float: 7, int: 7}[hint]
    if origin is not None and issubclass(origin, typing.Mapping):
        return {"key": value(args[1], name)}
    if origin is not None:
        return [value(args[0], name)]
    if hasattr(hint, "__jsii_name_mapping__"):
        return hint(**required(vars(hint)["__init__"]))
    return {}


def is_token(hint: Any) -> bool:
    """Tell the interfaces that stand for a value known later."""
    return getattr(hint, "__name__", "") in {"IResolvable", "Number"}


app = App(outdir=sys.argv[1])
for stack_name in STACKS:
    stack = TerraformStack(app, stack_name)
    provider = importlib.import_module(f"{PACKAGE}.provider")
    provider.AwsProvider(stack, "aws", region="eu-central-1", default_tags=[{"tags": {"a": "b"}}])
    arns = {}
    for namespace in namespaces():
        module = importlib.import_module(f"{PACKAGE}.{namespace}")
        kind = main_class(module)
        thing: Any = kind(stack, namespace.replace("_", "-"), **required(vars(kind)["__init__"]))
        if hasattr(thing, "arn"):
            arns[namespace] = thing.arn
    TerraformOutput(stack, "arns", value=arns)
app.synth()
if "--report" in sys.argv:
    root = sys.modules[PACKAGE]
    loaded = sum(name.startswith(f"{PACKAGE}.") for name in sys.modules)
    print(json.dumps({"loaded": loaded, "root": root.__name__}))  # noqa: T201 - read by the test
