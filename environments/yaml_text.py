"""From YAML text to plain data, or to one sentence that says where the text is wrong.

Stricter than YAML asks: a key that stands twice is an error, not a silent
overwrite, and a number that no computer word holds is none.
"""

from __future__ import annotations

from reprlib import Repr
from typing import Any

import yaml
from yaml.constructor import ConstructorError

LARGEST = 2**63 - 1
UNREADABLE = (ValueError, LookupError, AttributeError, ArithmeticError)
"""What PyYAML lets through for a scalar that looks like a date or a number and is none, for example 2020-99-99."""


def parse(text: str) -> Any:
    """The data of one YAML document. Raises ValueError with the line, the column and the problem."""
    try:
        return yaml.load(text, Loader=_Strict)  # noqa: S506 - derived from SafeLoader
    except yaml.MarkedYAMLError as error:
        raise ValueError(_sentence(error)) from None
    except yaml.YAMLError as error:
        raise ValueError(str(error).splitlines()[0]) from None
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def shortly(value: Any) -> str:
    """The value that was found; of a large one, so much that it is recognised."""
    short = Repr()
    short.maxlevel, short.maxstring, short.maxother = 2, 80, 80
    return short.repr(value)


def _sentence(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark
    assert mark is not None  # noqa: S101 - PyYAML gives the place of every problem of a marked error
    said = ", ".join(part for part in (error.context, error.problem) if part)
    return f"line {mark.line + 1}, column {mark.column + 1}: {said}"


class _Strict(yaml.SafeLoader):
    """Plain data only; each key once; every problem with its place."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - PyYAML's signature
        """One value, refused where its text does not fit its kind."""
        kind = str(node.tag).rsplit(":", 1)[-1]
        try:
            value = super().construct_object(node, deep)
        except UNREADABLE:
            raise ConstructorError(None, None, f"{node.value!r} is no {kind}", node.start_mark) from None
        if isinstance(value, int) and abs(value) > LARGEST:
            raise ConstructorError(None, None, "the number is too large", node.start_mark)
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        """One group, refused where a key stands twice."""
        seen: set[str] = set()
        for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)
