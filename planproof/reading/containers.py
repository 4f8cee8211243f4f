"""The containers of a task definition, which AWS takes as JSON text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from planproof.document import Block, Unknown, UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Resource

TEXT: Final = "container_definitions"


def containers(task: Resource) -> Iterator[Block]:
    """Each container with its path. Raises `UnknownValueError` when the text is not known."""
    found = task.json(TEXT)
    if isinstance(found, Unknown):
        raise UnknownValueError(found)
    for position, container in enumerate(found or ()):
        if isinstance(container, Unknown):
            raise UnknownValueError(container)
        if isinstance(container, Mapping):
            yield Block(f"{TEXT}.{position}", container)
