"""The network as a picture: hosts in their tiers, and an arrow for every flow, coloured by its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from planproof.connectivity.intent import AWS, INTERNET
from planproof.connectivity.judgement import Verdict

if TYPE_CHECKING:
    from planproof.connectivity.claims import Claim
    from planproof.connectivity.proofs import Report
    from planproof.connectivity.topology import Host, Topology

COLORS: Final = {Verdict.PROVEN: "#1a7f37", Verdict.REFUTED: "#cf222e", Verdict.UNDECIDED: "#9a6700"}
ARROWS: Final = {Verdict.PROVEN: "-->", Verdict.REFUTED: "-.->", Verdict.UNDECIDED: "-.->"}
TIERS: Final = ("outside", "public", "private", "isolated", "AWS")
WIDTH, HEIGHT, GAP, LEFT, TOP = 200, 44, 26, 30, 60
COLUMN: Final = 290


def tier(topology: Topology, host: Host) -> str:
    """How far a host is from the internet, by the routes of its subnets."""
    kinds: set[str] = set()
    for place in host.placements:
        table = topology.tables.get(topology.subnets[place.subnet].table or "")
        kinds |= {route.kind for route in table.routes} if table else set()
    return "public" if "internet" in kinds else "private" if "nat" in kinds or host.kind == "service" else "isolated"


def layout(report: Report) -> dict[str, str]:
    """Every end of a flow with its tier."""
    found: dict[str, str] = {}
    for claim in drawn(report):
        for name in (claim.source, claim.destination):
            host = report.topology.hosts.get(name)
            outside = "AWS" if name.startswith(AWS) else "outside"
            found[name] = tier(report.topology, host) if host else outside
    return dict(sorted(found.items(), key=lambda item: (TIERS.index(item[1]), item[0] != INTERNET, item[0])))


def drawn(report: Report) -> list[Claim]:
    """The claims that are arrows."""
    return [claim for claim in report.claims if claim.kind == "flow"]


def label(claim: Claim) -> str:
    """What stands on an arrow."""
    return claim.service if claim.verdict is Verdict.PROVEN else f"{claim.service} {claim.verdict.value.lower()}"


def mermaid(report: Report) -> str:
    """The picture as Mermaid, for pages that draw it."""
    tiers = layout(report)
    ids = {name: f"n{number}" for number, name in enumerate(tiers)}
    lines = ["flowchart LR"]
    for one in TIERS:
        members = [name for name, own in tiers.items() if own == one]
        if members:
            lines += [f"  subgraph {one}", *(f'    {ids[name]}["{quoted(name)}"]' for name in members), "  end"]
    styles: list[str] = []
    for number, claim in enumerate(drawn(report)):
        near, far = ids[claim.source], ids[claim.destination]
        lines.append(f'  {near} {ARROWS[claim.verdict]}|"{quoted(label(claim))}"| {far}')
        styles.append(f"  linkStyle {number} stroke:{COLORS[claim.verdict]}")
    return "\n".join([*lines, *styles]) + "\n"


def quoted(text: str) -> str:
    """Text inside Mermaid's quotes."""
    return text.replace('"', "#quot;")


def svg(report: Report) -> str:
    """The picture as SVG: a column for each tier, nothing to install to see it."""
    tiers = layout(report)
    columns = [one for one in TIERS if one in tiers.values()]
    spots: dict[str, tuple[int, int]] = {}
    for index, one in enumerate(columns):
        members = [name for name, own in tiers.items() if own == one]
        for row, name in enumerate(members):
            spots[name] = (LEFT + index * COLUMN, TOP + row * (HEIGHT + GAP))
    width = LEFT * 2 + max(len(columns) - 1, 0) * COLUMN + WIDTH
    height = max((y for _, y in spots.values()), default=TOP) + HEIGHT + LEFT
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">',
        f"<title>Connectivity of {escape(report.name)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for index, one in enumerate(columns):
        lines.append(f'<text x="{LEFT + index * COLUMN}" y="{TOP - 20}" font-weight="bold">{one}</text>')
    lines += [arrow(claim, spots) for claim in drawn(report)]
    for name, (x, y) in spots.items():
        lines.append(
            f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="#f6f8fa" stroke="#57606a"/>'
        )
        lines.append(f'<text x="{x + 10}" y="{y + 27}">{escape(name)}</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def arrow(claim: Claim, spots: dict[str, tuple[int, int]]) -> str:
    """One flow: a curve from the side of one box to the side of the other, its facts in a tooltip."""
    (x, y), (far_x, far_y) = spots[claim.source], spots[claim.destination]
    forward = far_x >= x
    start = x + WIDTH if forward else x
    end = far_x if far_x > x else far_x + WIDTH
    middle, far_middle = y + HEIGHT // 2, far_y + HEIGHT // 2
    bend = 60 if forward else -60
    dash = "" if claim.verdict is Verdict.PROVEN else ' stroke-dasharray="6 4"'
    last = end - (60 if end > start else -60)
    path = f"M {start} {middle} C {start + bend} {middle}, {last} {far_middle}, {end} {far_middle}"
    tip = escape(f"{claim.source} -> {claim.destination} {label(claim)}")
    color = COLORS[claim.verdict]
    return (
        f'<path d="{path}" fill="none" stroke="{color}" stroke-width="1.5"{dash}><title>{tip}</title></path>'
        f'<circle cx="{end}" cy="{far_middle}" r="4" fill="{color}"/>'
    )
