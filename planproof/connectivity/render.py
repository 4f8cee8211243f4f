"""Claims as text, markdown and JSON. The picture is in `picture.py`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planproof.connectivity.judgement import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planproof.connectivity.claims import Claim
    from planproof.connectivity.difference import Change
    from planproof.connectivity.proofs import Report
    from planproof.connectivity.topology import Part

HEADS = ("verdict", "from", "to", "service", "why")


def place(part: Part) -> str:
    """A resource and its attribute, with the Python line that made it."""
    where = f"{part.address}.{part.path}" if part.path else part.address
    return f"{where} ({part.file}:{part.line})" if part.file else where


def sentence(claim: Claim) -> str:
    """What a claim says, in one line."""
    match claim.kind:
        case "flow":
            return f"{claim.source} -> {claim.destination} {claim.service}"
        case "denial":
            return f"nothing from {claim.source} to {claim.destination}, {claim.service}"
        case "network":
            return f"{claim.source} is well formed"
        case _:
            return claim.why


def explained(claim: Claim) -> list[str]:
    """A claim with its hops and, where it does not hold, the stage that decides and the change that would help."""
    lines = [f"{claim.verdict} {sentence(claim)}"]
    if claim.witness:
        lines.append(f"  packet    {claim.witness}")
    lines += [f"  {'passes':9} {hop.stage}: {hop.text} [{place(hop.part)}]" for hop in claim.hops]
    if claim.stage and claim.verdict is not Verdict.PROVEN and claim.kind == "flow":
        word = "stops at" if claim.verdict is Verdict.REFUTED else "unsure at"
        lines.append(f"  {word:9} {claim.stage}")
    if claim.reason:
        lines.append(f"  {'because':9} {claim.reason.text}")
        lines.append(f"  {'at':9} {place(claim.reason.part)}")
        lines.append(f"  {'change':9} {claim.reason.change}")
    if claim.cause:
        lines.append(f"  {'unknown':9} {claim.cause}")
    if claim.kind == "flow":
        lines.append(f"  {'needed':9} {claim.why} [{place(claim.part)}]")
        lines.append(f"  {'cases':9} {claim.cases} placements of the two ends")
    return lines


def text(report: Report, *, explain: bool = False) -> str:
    """A table of all flows, then every theorem, then what does not hold in full."""
    if not report.claims:
        return f"{report.name}: no network in this document, so there is nothing to prove\n"
    lines = [f"{report.name}"]
    flows = [claim for claim in report.claims if claim.kind == "flow"]
    rows = [(str(c.verdict), c.source, c.destination, c.service, c.why) for c in flows]
    lines += [f"  {line}" for line in table(rows)] if rows else []
    lines += ["", *(f"  {c.verdict:9}  {sentence(c)}" for c in report.claims if c.kind != "flow")]
    detailed = report.claims if explain else [c for c in report.claims if c.verdict is not Verdict.PROVEN]
    for claim in detailed:
        lines += ["", *(f"  {line}" for line in explained(claim))]
    lines += ["", f"  {summary(report.claims)}"]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows in columns."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def summary(claims: Iterable[Claim]) -> str:
    """How many claims have which verdict."""
    found = [claim.verdict for claim in claims]
    return ", ".join(f"{found.count(verdict)} {verdict.value.lower()}" for verdict in Verdict)


def markdown(report: Report) -> str:
    """The same as a page."""
    lines = [f"# Connectivity of {report.name}", "", summary(report.claims), ""]
    flows = [claim for claim in report.claims if claim.kind == "flow"]
    if flows:
        lines += [f"| {' | '.join(HEADS)} |", "| --- | --- | --- | --- | --- |"]
        lines += [
            f"| {c.verdict} | {cell(c.source)} | {cell(c.destination)} | {cell(c.service)} | {cell(c.why)} |"
            for c in flows
        ]
    theorems = [claim for claim in report.claims if claim.kind != "flow"]
    if theorems:
        lines += ["", *(f"- **{c.verdict}** {cell(sentence(c))}" for c in theorems)]
    for claim in report.of(Verdict.REFUTED, Verdict.UNDECIDED):
        lines += ["", f"## {cell(sentence(claim))}", "", "```", *explained(claim), "```"]
    return "\n".join(lines) + "\n"


def cell(value: str) -> str:
    """Text that keeps a table whole."""
    return value.replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def data(report: Report) -> dict[str, Any]:
    """The same as data."""
    return {"name": report.name, "claims": [claim_data(claim) for claim in report.claims]}


def claim_data(claim: Claim) -> dict[str, Any]:
    """One claim as data."""
    found: dict[str, Any] = {
        "kind": claim.kind,
        "verdict": claim.verdict.value,
        "sentence": sentence(claim),
        "from": claim.source,
        "to": claim.destination,
        "service": claim.service,
        "why": claim.why,
        "at": part_data(claim.part),
        "cases": claim.cases,
        "packet": str(claim.witness) if claim.witness else None,
        "hops": [{"stage": h.stage, "text": h.text, "at": part_data(h.part)} for h in claim.hops],
        "stage": claim.stage or None,
        "unknown": claim.cause or None,
    }
    if claim.reason:
        found["reason"] = {
            "text": claim.reason.text,
            "change": claim.reason.change,
            "at": part_data(claim.reason.part),
        }
    return found


def part_data(part: Part) -> dict[str, Any]:
    """One place as data."""
    return {"address": part.address, "path": part.path, "origin": part.origin, "file": part.file, "line": part.line}


def as_json(value: Any) -> str:
    """Data as text, the same bytes every time."""
    return json.dumps(value, indent=2, sort_keys=True) + "\n"


def changes_text(old: str, new: str, changes: Sequence[Change]) -> str:
    """The flows gained and lost as lines."""
    if not changes:
        return f"{old} and {new}: the same flows\n"
    rows = [("+" if c.gained else "-", c.source, c.destination, c.service) for c in changes]
    return "\n".join([f"flows of {new} that {old} does not have (+), and the other way round (-)", *table(rows)]) + "\n"
