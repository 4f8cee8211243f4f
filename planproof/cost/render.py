"""Estimates as text for a terminal, as Markdown for a merge request, as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from planproof.cost.summary import TERMS, by_use, cents, compare, groups, plain

if TYPE_CHECKING:
    from decimal import Decimal

    from planproof.cost.estimate import Estimate, Line
    from planproof.cost.prices import Price


def text(estimates: Sequence[Estimate]) -> str:
    """Write each environment, then all of them side by side."""
    parts = [_text_of_one(estimate) for estimate in estimates]
    if len(estimates) > 1:
        header = ["USD a month", *(e.environment for e in estimates)]
        parts.append("\n".join(_columns([header, *_comparison(estimates)])))
    parts.append("\n".join(TERMS))
    return "\n\n".join(parts) + "\n"


def _text_of_one(estimate: Estimate) -> str:
    lines = [_headline(estimate), ""]
    rows = [["USD", "what", "of them", "quantity", "at", "price of"]]
    for group in groups(estimate):
        price = group.price
        quantity = f"{plain(group.quantity)} {price.unit}"
        dated = f"{price.as_of} ({price.grade})"
        rows.append([cents(group.monthly), group.what, str(group.things), quantity, plain(price.usd), dated])
    lines += [f"  {line}" for line in _columns(rows)]
    for kind, title in (("unpriced", "no price known, not in the total"), ("unknown", "quantity not known")):
        found = estimate.of_kind(kind)
        if found:
            lines += ["", f"  {title}:", *(f"    {_where(line)}: {line.what}: {line.note}" for line in found)]
    uses = by_use(estimate)
    if uses:
        lines += ["", "  billed by use, not estimated:"]
        lines += [f"    {number} x {what}: {driver}" for what, driver, number in uses]
    return "\n".join(lines)


def _headline(estimate: Estimate) -> str:
    most = f", up to {cents(estimate.most)} when all that scales is at its limit" if _scales(estimate) else ""
    return f"{estimate.environment} ({estimate.region}): {cents(estimate.total)} USD a month{most}"


def _scales(estimate: Estimate) -> bool:
    return estimate.most != estimate.total


def _where(line: Line) -> str:
    return line.resource.origin or line.resource.address


def _comparison(estimates: Sequence[Estimate]) -> list[list[str]]:
    rows = [[row.what, *("-" if a is None else cents(a) for a in row.amounts)] for row in compare(estimates)]
    return [
        *rows,
        ["total", *(cents(e.total) for e in estimates)],
        ["at its limit", *(cents(e.most) for e in estimates)],
    ]


def _columns(rows: list[list[str]]) -> list[str]:
    """Align: amounts to the right, words to the left."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    numeric = [all(_is_amount(row[n]) for row in rows[1:]) for n in range(len(rows[0]))]
    return [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in rows
    ]


def _is_amount(cell: str) -> bool:
    return cell == "-" or cell.replace(",", "").replace(".", "").isdigit()


def markdown(estimates: Sequence[Estimate]) -> str:
    """Write the environments side by side, then what each total leaves out, then the sources."""
    header = ["USD a month", *(e.environment for e in estimates)]
    lines = ["# Cost", "", *_table([header, *_comparison(estimates)])]
    for estimate in estimates:
        lines += ["", f"## {_headline(estimate)}", ""]
        rows = [["what", "of them", "quantity", "unit", "price", "USD"]]
        for group in groups(estimate):
            cells = [group.what, str(group.things), plain(group.quantity), group.price.unit]
            rows.append([*cells, f"{plain(group.price.usd)} ({group.price.grade})", cents(group.monthly)])
        lines += _table(rows)
        left = [
            f"- {_where(line)}: {line.what}: {line.note}"
            for k in ("unpriced", "unknown")
            for line in estimate.of_kind(k)
        ]
        if left:
            lines += ["", "Not in the total:", "", *left]
        uses = by_use(estimate)
        if uses:
            lines += ["", "Billed by use, not estimated:", ""]
            lines += [f"- {number} x {what}: {driver}" for what, driver, number in uses]
    lines += ["", "## Prices", "", *(f"{term}  " for term in TERMS), ""]
    lines += [
        f"- {p.service} {p.sku}, {p.region}: {plain(p.usd)} USD per {p.unit}, {p.as_of}. {p.source}"
        for p in _prices(estimates)
    ]
    return "\n".join(lines) + "\n"


def _table(rows: list[list[str]]) -> list[str]:
    safe = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    body = [f"| {' | '.join(row)} |" for row in safe]
    return [body[0], f"|{' --- |' * len(rows[0])}", *body[1:]]


def _prices(estimates: Sequence[Estimate]) -> list[Price]:
    found = {line.price for e in estimates for line in e.lines if line.price is not None}
    return sorted(found, key=lambda p: (p.service, p.sku, p.region))


def as_json(estimates: Sequence[Estimate]) -> str:
    """Write every line of every environment; amounts are texts, so that no cent is lost."""
    document = {
        "currency": "USD",
        "terms": list(TERMS),
        "environments": [
            {
                "environment": e.environment,
                "region": e.region,
                "monthly": str(e.total),
                "monthly_at_limit": str(e.most),
                "lines": [_line(line) for line in e.lines],
            }
            for e in estimates
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _line(line: Line) -> dict[str, Any]:
    price = line.price
    return {
        "address": line.resource.address,
        "origin": line.resource.origin,
        "what": line.what,
        "kind": line.kind,
        "region": line.region,
        "quantity": _amount(line.quantity),
        "unit": line.unit or None,
        "monthly": _amount(line.monthly),
        "monthly_at_limit": _amount(line.most),
        "note": line.note or None,
        "price": None
        if price is None
        else {
            "service": price.service,
            "sku": price.sku,
            "usd": str(price.usd),
            "grade": price.grade,
            "as_of": price.as_of,
            "source": price.source,
        },
    }


def _amount(amount: Decimal | None) -> str | None:
    return None if amount is None else plain(amount)


RENDER: Final[Mapping[str, Callable[[Sequence[Estimate]], str]]] = {
    "text": text,
    "json": as_json,
    "markdown": markdown,
}
