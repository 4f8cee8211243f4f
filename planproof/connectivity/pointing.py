"""Whom an attribute points to, said as the one id that the network knows each thing by.

A resource of the document is known by its address; what AWS makes with a VPC (main route table, default group,
default ACL) by the VPC's address and its role; anything else by the id that is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from planproof.connectivity.topology import Part
from planproof.document import Sensitive, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planproof.document import Document, Reference, Resource

MADE_WITH_VPC: Final = {
    "default_security_group_id": "default-group",
    "default_network_acl_id": "default-acl",
    "default_route_table_id": "main-table",
    "main_route_table_id": "main-table",
}


class Pointed(Struct, frozen=True):
    """The ids an attribute names; `unknown` says why there may be more."""

    ids: tuple[str, ...] = ()
    unknown: str = ""

    @property
    def first(self) -> str | None:
        """The only id there is, for attributes that hold one."""
        return self.ids[0] if self.ids else None


def part(resource: Resource, path: str = "") -> Part:
    """A place in a resource, as a proof points at it."""
    return Part(resource.address, path, resource.origin, resource.file, resource.line)


def pointed(document: Document, resource: Resource, path: str) -> Pointed:
    """Every id at a path, in order, each once."""
    value = plain(resource.get(path))
    if value is None:
        return Pointed()
    found: dict[str, None] = {}
    causes: list[str] = []
    for place, one in each(path, value):
        ids = [known for ref in resource.references(place) for known in of_reference(document, ref, resource)]
        if ids:
            found |= dict.fromkeys(ids)
        elif isinstance(one, Unknown):
            causes += [] if dangling(document, one) else [one.cause]
        elif one is not None:
            found[made_with(document, str(one)) or str(one)] = None
    return Pointed(tuple(found), "; ".join(dict.fromkeys(causes)))


def dangling(document: Document, value: Unknown) -> bool:
    """Whether a configuration points at a resource of its own that is not there: nothing will ever be at that end."""
    if document.kind != "configuration" or not value.references:
        return False
    return all(
        ref.address.count(".") == 1 and ref.address.startswith("aws_") and document.resource(ref.address) is None
        for ref in value.references
    )


def plain(value: Any) -> Any:
    """A value without the seal of secrecy: where a packet goes is no secret."""
    return value.value if isinstance(value, Sensitive) else value


def each(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The items of a list with their paths, or the one value."""
    if isinstance(value, list | tuple | set | frozenset):
        yield from ((f"{path}.{number}", plain(item)) for number, item in enumerate(value))
    else:
        yield path, value


def of_reference(document: Document, reference: Reference, asker: Resource) -> Iterator[str]:
    """The ids a reference stands for: one, or each instance of a counted resource; none outside the document."""
    target = document.resource(reference.address)
    role = MADE_WITH_VPC.get(reference.attribute.partition("[")[0])
    if target is not None and target is not asker:
        if target.mode == "managed":
            yield f"{target.address}/{role}" if role and target.type == "aws_vpc" else target.address
        return
    kind = reference.address.partition(".")[0]
    for one in document.of(kind) if target is None else ():
        if one.address.startswith(f"{reference.address}["):
            yield one.address


def made_with(document: Document, written: str) -> str | None:
    """In a state: the VPC whose main table, default group or default ACL has this id."""
    if not written.startswith(("sg-", "rtb-", "acl-")):
        return None
    for vpc in document.of("aws_vpc"):
        for attribute, role in MADE_WITH_VPC.items():
            if plain(vpc.get(attribute)) == written if not isinstance(vpc.get(attribute), Unknown) else False:
                return f"{vpc.address}/{role}"
    return None
