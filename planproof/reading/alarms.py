"""Which alarms watch what: metric alarms, simple ones and those that compute, with their dimensions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from planproof.document import Document, Resource, Unknown, mapping, mappings
from planproof.rule import Fault, Filter, Mutation, Outcome, Removal, Undecided, Violation

ALARM: Final = "aws_cloudwatch_metric_alarm"
NODE: Final = re.compile(r"-0\d\d$")
"""What ElastiCache adds to a group's name to call one of its nodes."""


class Watch(Struct, frozen=True):
    """One metric that an alarm looks at; `path` leads to where it stands in the alarm."""

    alarm: Resource
    path: str
    namespace: Any
    metric: Any
    dimensions: Mapping[str, Any] | Unknown


class Vital(Struct, frozen=True):
    """A metric that must have an alarm, or others that show the same."""

    metric: str
    namespace: str
    instead: tuple[str, ...] = ()


def watches(document: Document) -> tuple[Watch, ...]:
    """Every metric that any alarm of the document looks at."""
    return document.once(_read)


def of(alarm: Resource) -> Iterator[Watch]:
    """The metrics that one alarm looks at."""
    if alarm.get("metric_name") is not None:
        yield _watch(alarm, "", alarm.get)
    for query in alarm.blocks("metric_query"):
        for position, metric in mappings(_listed(query.get("metric"))):
            yield _watch(alarm, f"{query.path}.metric.{position}.", metric.get)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def _watch(alarm: Resource, path: str, get: Any) -> Watch:
    dimensions = get("dimensions")
    known = dimensions if isinstance(dimensions, Unknown) else mapping(dimensions)
    return Watch(alarm, path, _name(get("namespace")), _name(get("metric_name")), known)


def _name(value: Any) -> str | Unknown | None:
    return value if isinstance(value, str | Unknown) else None


def _read(document: Document) -> tuple[Watch, ...]:
    return tuple(watch for alarm in document.of(ALARM) for watch in of(alarm))


class _Seen(Struct, frozen=True):
    """What the alarms on one metric look at: addresses, names, and an alarm of which that is not known."""

    addresses: set[str]
    names: set[str]
    hidden: list[Resource]


def unwatched(
    thing: Resource, document: Document, vitals: Sequence[Vital], *names: str, parts: Sequence[Resource] = ()
) -> Iterator[Outcome]:
    """The vitals of a thing that no alarm watches; `names` are the attributes by which dimensions call it.

    An alarm on one of its `parts`, such as the instances of a cluster, watches the thing too.
    """
    index = document.once(_seen)
    all_of_it = (thing, *parts)
    addresses = {one.address for one in all_of_it}
    known = {value for one in all_of_it for name in names if isinstance(value := one.get(name), str)}
    for vital in vitals:
        asked = (vital.metric, *vital.instead)
        near = [index[vital.namespace, one] for one in asked if (vital.namespace, one) in index]
        if any(addresses & one.addresses or known & one.names for one in near):
            continue
        doubtful = next((alarm for one in near for alarm in one.hidden), None)
        if doubtful is not None:
            yield Undecided(vital.metric, f"what {doubtful.address} watches is not known")
        else:
            yield Violation(vital.metric, f"an alarm on {vital.metric} of {vital.namespace}", found="no alarm")


def _seen(document: Document) -> dict[tuple[str, str], _Seen]:
    found: dict[tuple[str, str], _Seen] = {}
    for watch in watches(document):
        if not isinstance(watch.namespace, str) or not isinstance(watch.metric, str):
            continue
        seen = found.setdefault((watch.namespace, watch.metric), _Seen(set(), set(), []))
        seen.addresses.update(one.address for one in watch.alarm.references(f"{watch.path}dimensions"))
        given = watch.dimensions
        for value in [given] if isinstance(given, Unknown) else given.values():
            if isinstance(value, str):
                seen.names.update((value, NODE.sub("", value)))
            elif isinstance(value, Unknown) and not points_inside(value, document):
                seen.hidden.append(watch.alarm)
    return found


def points_inside(unknown: Unknown, document: Document) -> bool:
    """Whether what is not known yet will come from a resource of the document."""
    return any(document.resource(one.address) is not None for one in unknown.references)


def on_metric(namespace: str, *metrics: str) -> Filter:
    """Choose the alarms on the metrics of a namespace; on all of them when none is named."""

    def chosen(alarm: Resource, document: Document) -> bool:
        del document
        if alarm.get("namespace") != namespace:
            return False
        return not metrics or alarm.get("metric_name") in metrics

    return chosen


def unwatching(vitals: Sequence[Vital], elsewhere: Mapping[str, str]) -> tuple[Fault, ...]:
    """The faults that a rule on these vitals must see: each alarm removed, or watching something `elsewhere`."""
    return tuple(
        fault
        for vital in vitals
        for alarm in (on_metric(vital.namespace, vital.metric),)
        for fault in (
            Removal(ALARM, at=vital.metric, on=alarm),
            Mutation("dimensions", dict(elsewhere), ALARM, at=vital.metric, on=alarm),
        )
    )


def watching(vitals: Sequence[Vital], dimensions: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """An alarm on each of the vitals, by name, for a rule's specimen."""
    return {
        vital.metric.replace(".", "-"): {
            "namespace": vital.namespace,
            "metric_name": vital.metric,
            "dimensions": dict(dimensions),
        }
        for vital in vitals
    }
