"""Our synthesized staging with one fault, and what is proved of it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from planproof.connectivity.judgement import Verdict
from planproof.connectivity.proofs import Report, report
from planproof.document import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from planproof.connectivity.claims import Claim

Raw = dict[str, Any]


def only(raw: Raw, kind: str, part: str = "") -> Raw:
    """The body of the one resource of a type whose name holds a text."""
    found = [body for name, body in raw["resource"][kind].items() if part in name]
    assert len(found) == 1, f"{kind} with {part!r}: {len(found)}"
    body: Raw = found[0]
    return body


def name_of(raw: Raw, kind: str, part: str) -> str:
    """The name of the one resource of a type whose name holds a text."""
    found = [name for name in raw["resource"][kind] if part in name]
    assert len(found) == 1, f"{kind} with {part!r}: {found}"
    return str(found[0])


def drop(raw: Raw, kind: str, part: str) -> None:
    """Take a resource away."""
    del raw["resource"][kind][name_of(raw, kind, part)]


def closed(raw: Raw) -> None:
    """No service may call the internet."""
    rules = raw["resource"]["aws_vpc_security_group_egress_rule"]
    raw["resource"]["aws_vpc_security_group_egress_rule"] = {
        name: body for name, body in rules.items() if "to-internet" not in name
    }


def broken(synthesized: dict[str, Raw], fault: Callable[[Raw], None]) -> Report:
    """What is proved of staging with a fault."""
    raw = copy.deepcopy(synthesized["staging"])
    fault(raw)
    return report(parse(raw, name="staging", source="staging.json"))


def refuted(found: Report) -> list[Claim]:
    """The claims that do not hold."""
    return list(found.of(Verdict.REFUTED))


def the_flow(found: Report, source: str, destination: str) -> Claim:
    """The refuted flow between two ends."""
    claims = [c for c in refuted(found) if c.kind == "flow" and (c.source, c.destination) == (source, destination)]
    assert len(claims) == 1, [(c.source, c.destination) for c in refuted(found)]
    assert claims[0].reason is not None
    return claims[0]


def reason_of(claim: Claim) -> tuple[str, str, str]:
    """Address, text and change of a reason."""
    assert claim.reason is not None
    return claim.reason.part.address, claim.reason.text, claim.reason.change
