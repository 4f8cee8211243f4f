"""Values that come from outside the document, of which nothing can be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planproof.document import Unknown
from planproof.rule import Undecided

if TYPE_CHECKING:
    from planproof.document import Document, Resource

GIVEN: Final = ("var.", "module.", "local.", "each.", "data.external.", "data.http.", "data.terraform_remote_state.")


def is_given(value: Any) -> bool:
    """Whether a value is unknown, and somebody else's: a variable's, a module's, another stack's or a file's."""
    if not isinstance(value, Unknown):
        return False
    return not value.references or any(one.address.startswith(GIVEN) for one in value.references)


def is_foreign(value: Any, document: Document) -> bool:
    """Whether a value is unknown, and does not come from a resource that the document makes."""
    if not isinstance(value, Unknown):
        return False
    named = (document.resource(one.address) for one in value.references)
    return not any(one is not None and one.mode == "managed" for one in named)


def doubt(resource: Resource, path: str, document: Document) -> Undecided | None:
    """What cannot be said of an attribute, or of one of its list, that may name anything outside the document."""
    listed = resource.get(path)
    for value in listed if isinstance(listed, list | tuple) else (listed,):
        if isinstance(value, Unknown) and is_foreign(value, document):
            return Undecided(path, value.cause)
    return None
