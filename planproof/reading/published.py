"""What it means that AWS publishes a metric: its name, and the sets of dimensions under which it is kept."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Published(Struct, frozen=True):
    """The metrics of one namespace, and the sets of dimensions under which they are kept.

    `families` are beginnings of names that a part of the service, such as a plug-in, uses for metrics of its own;
    `finer` are dimensions that split some of the metrics further.
    """

    metrics: frozenset[str]
    dimensions: frozenset[frozenset[str]]
    families: tuple[str, ...] = ()
    finer: frozenset[str] = frozenset()

    def has(self, metric: object) -> bool:
        """Whether AWS publishes a metric of this name."""
        return metric in self.metrics or (isinstance(metric, str) and metric.startswith(self.families))

    def keeps(self, dimensions: Iterable[str]) -> bool:
        """Whether metrics are kept under exactly these dimensions."""
        asked = frozenset(dimensions)
        return asked in self.dimensions or asked - self.finer in self.dimensions


def published(metrics: str, *dimensions: str, families: tuple[str, ...] = (), finer: tuple[str, ...] = ()) -> Published:
    """A namespace, its metrics and each set of dimensions as words in a text."""
    sets = frozenset(frozenset(one.split()) for one in dimensions)
    return Published(frozenset(metrics.split()), sets, families, frozenset(finer))
