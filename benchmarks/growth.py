"""How the connectivity proofs grow with the network: CPU seconds from 50 to 1,000 security groups."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from planproof.connectivity.proofs import report
from planproof.document import parse
from tests.planproof.connectivity.test_scale import estate

SIZES = (50, 100, 200, 400, 1_000)
RULES_A_GROUP = 10
WIDTH, HEIGHT, MARGIN = 560, 300, 48


def measure() -> dict[str, float]:
    """CPU seconds of all proofs, by the number of rules; the largest has 200 subnets and 1,000 groups."""
    seconds = {}
    for groups in SIZES:
        raw = estate(max(groups // 5, 6), groups, groups * RULES_A_GROUP)
        document = parse(raw, name="estate", source="estate.json")
        started = time.process_time()
        report(document)
        seconds[str(groups * RULES_A_GROUP)] = time.process_time() - started
    return seconds


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The slope of the least-squares line through the logarithms: 1 is linear."""
    logs = [(math.log(x), math.log(y)) for x, y in points]
    middle_x, middle_y = (sum(axis) / len(logs) for axis in zip(*logs, strict=True))
    rise: float = sum((x - middle_x) * (y - middle_y) for x, y in logs)
    run: float = sum((x - middle_x) * (x - middle_x) for x, _ in logs)
    return rise / run


def picture(points: Sequence[tuple[float, float]], unit: str) -> str:
    """The points on logarithmic axes, as SVG."""
    xs, ys = ([math.log10(value) for value in axis] for axis in zip(*points, strict=True))

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - min(xs)) / (max(xs) - min(xs))
        up = (y - min(ys)) / (max(ys) - min(ys))
        return MARGIN + across * (WIDTH - 2 * MARGIN), HEIGHT - MARGIN - up * (HEIGHT - 2 * MARGIN)

    places = [place(x, y) for x, y in zip(xs, ys, strict=True)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/><text x="{x:.1f}" y="{y - 10:.1f}">{seconds:.2f} s</text>'
        f'<text x="{x:.1f}" y="{HEIGHT - MARGIN + 20}">{size:,.0f}</text>'
        for (x, y), (size, seconds) in zip(places, points, strict=True)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="12" text-anchor="middle"><rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        f'<polyline points="{line}" fill="none" stroke="black"/>{marks}'
        f'<text x="{WIDTH / 2}" y="{HEIGHT - 8}">{unit}</text></svg>\n'
    )
