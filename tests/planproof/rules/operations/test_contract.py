"""The contract between environments is true, tight and understood."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from planproof.contract.difference import differences
from planproof.contract.judgement import directed, rank, undirected
from planproof.contract.terms import Term, contract
from planproof.document import Document, parse
from planproof.errors import UserError
from planproof.rule import Undecided, Violation
from planproof.settings import Settings

ORDER = ("dev", "prod")


def documents(**bodies: dict[str, Any]) -> dict[str, Document]:
    """One database an environment."""
    return {
        name: parse({"resource": {"aws_db_instance": {"ledger": body}}}, name=name, source=name)
        for name, body in bodies.items()
    }


def settings_with(**section: Any) -> Settings:
    """A project with this contract."""
    return Settings(ORDER, {"contract": section})


def pairs_of(found: dict[str, Document], settings: Settings) -> list[tuple[Document, Document]]:
    """Each environment with the next."""
    return list(pairwise(found[name] for name in settings.environments))


def test_every_line_that_allows_something_is_needed(documents: dict[str, Document], settings: Settings) -> None:
    """A line that no difference needs would silently allow the next one, which nobody decided."""
    terms = contract(settings)
    assert terms is not None
    found = [one for pair in pairs_of(documents, settings) for one in differences(*pair)]
    used = {terms.term(one.resource.type, one.words) for one in found}

    assert [term for term in terms.terms if term.direction != "equal" and term not in used] == []


def test_no_attribute_that_must_be_equal_is_misspelt(documents: dict[str, Document], settings: Settings) -> None:
    """A prohibition of something that does not exist protects nothing."""
    terms = contract(settings)
    assert terms is not None
    equal = [term for term in terms.terms if term.direction == "equal"]

    assert equal
    assert [
        term
        for term in equal
        if not any(
            one.get(term.path.partition(".")[0].replace("*", "security_group_id")) is not None
            for one in documents["prod"].of(term.type)
        )
    ] == []


@pytest.mark.parametrize("place", ["appears", "yields", "absent"])
def test_every_place_that_is_named_is_needed(place: str, documents: dict[str, Document], settings: Settings) -> None:
    """A pattern that matches nothing is a wish of yesterday."""
    terms = contract(settings)
    assert terms is not None
    unused = []
    for environment, patterns in terms.places[place].items():
        here = documents[environment]
        before = documents[settings.environments[max(settings.environments.index(environment) - 1, 0)]]
        asked = {
            "appears": [one for one in here.resources if before.resource(one.address) is None],
            "yields": [one for one in before.resources if here.resource(one.address) is None],
            "absent": list(documents["prod"].resources),
        }[place]
        for pattern in patterns:
            alone = type(terms)(terms.environments, terms.terms, {place: {environment: (pattern,)}})
            if not any(alone.allows(place, environment, one.type, one.address) for one in asked):
                unused.append(f"{environment}: {pattern}")

    assert unused == []


@pytest.mark.parametrize(
    ("direction", "before", "after", "allowed"),
    [
        ("grows", 20, 50, True),
        ("grows", 50, 20, False),
        ("grows", "450", "1500", True),
        ("grows", "1500", "450", False),
        ("grows", "db.t4g.micro", "db.t4g.medium", True),
        ("grows", "db.t4g.large", "db.r6g.large", True),
        ("grows", "db.r6g.large", "db.t4g.large", False),
        ("grows", "db.r6g.2xlarge", "db.r6g.16xlarge", True),
        ("grows", "db.r6g.xlarge", "db.r6g.large", False),
        ("grows", None, 7, True),
        ("grows", 7, None, False),
        ("grows", "a", "b", False),
        ("grows", ["a"], ["b", "a"], True),
        ("grows", ["a", "b"], ["a", "c", "d"], False),
        ("shrinks", 60, 15, True),
        ("shrinks", 15, 60, False),
        ("shrinks", ["a", "b"], ["b"], True),
        ("turns_on", False, True, True),
        ("turns_on", None, True, True),
        ("turns_on", True, False, False),
        ("turns_on", True, None, False),
        ("turns_off", True, False, True),
        ("turns_off", False, True, False),
    ],
)
def test_direction(direction: str, before: Any, after: Any, *, allowed: bool) -> None:
    """What is less in production than in the rehearsal is found, and what is more is not: both cost trust."""
    bodies = {
        name: {"size": value} if value is not None else {} for name, value in zip(ORDER, (before, after), strict=True)
    }
    settings = settings_with(capacity={direction: {"aws_db_instance": ["size"]}})
    found = list(directed("capacity")(documents(**bodies), settings))

    assert [type(one) for one in found] == ([] if allowed else [Violation])


def test_finding_names_both_values() -> None:
    """The reader sees what each environment has, and which."""
    (found,) = undirected(None)(
        documents(dev={"engine_version": "16"}, prod={"engine_version": "15"}),
        settings_with(differs={"aws_db_instance": ["identifier"]}),
    )

    assert isinstance(found, Violation)
    assert (found.path, found.expected, found.found) == ("engine_version", "16, as in dev", "15")


def test_unknown_size_is_undecided() -> None:
    """A variable that nobody has set yet is no shrinking database."""
    found = list(
        directed("capacity")(
            documents(dev={"size": 20}, prod={"size": "${var.size}"}),
            settings_with(capacity={"grows": {"aws_db_instance": ["size"]}}),
        )
    )

    assert [type(one) for one in found] == [Undecided]


def test_own_name_account_and_addresses_are_no_difference() -> None:
    """Environments are told apart by them; comparing them would bury every real difference."""

    def raw(name: str, account: str, number: int) -> dict[str, Any]:
        return {
            "provider": {"aws": [{"region": "eu-west-1", "allowed_account_ids": [account]}]},
            "resource": {
                "aws_vpc": {"main": {"cidr_block": f"10.{number}.0.0/16"}},
                "aws_subnet": {"a": {"cidr_block": f"10.{number}.64.0/20"}},
                "aws_iam_role": {"task": {"name": f"payflow-task-{name}", "path": f"/{account}/"}},
            },
        }

    dev = parse(raw("dev", "111111111111", 10), name="dev", source="dev")
    prod = parse(raw("prod", "333333333333", 30), name="prod", source="prod")
    moved = parse(raw("prod", "333333333333", 30) | {"provider": {}}, name="prod", source="prod")

    assert differences(dev, prod) == ()
    assert [one.path for one in differences(dev, moved)] == ["path"]


def test_items_are_compared_by_name() -> None:
    """A variable added in front of the others is one difference, not one for each that moved."""
    first = '[{"name": "app", "environment": [{"name": "B", "value": "1"}]}]'
    second = '[{"name": "app", "environment": [{"name": "A", "value": "0"}, {"name": "B", "value": "1"}]}]'
    both = {
        name: parse(
            {"resource": {"aws_ecs_task_definition": {"t": {"container_definitions": text}}}}, name=name, source=name
        )
        for name, text in (("dev", first), ("prod", second))
    }

    assert [(one.words, one.before) for one in differences(both["dev"], both["prod"])] == [
        ("container_definitions.app.environment.A", None)
    ]


def test_sizes_are_ranked() -> None:
    """Sizes in the order of what they can do; what is no size has no rank."""
    sizes = ["cache.t4g.micro", "db.t4g.medium", "db.t4g.large", "db.m7g.large", "db.r6g.xlarge", "db.r6g.4xlarge"]
    ranks = [rank(size) for size in sizes]

    assert None not in ranks
    assert ranks == sorted(ranks, key=lambda one: one or ())
    assert rank("gp3") is None
    assert rank(True) is None


def test_wrong_contract_is_told_at_once() -> None:
    """Every mistake in the file is named in one message, with the words that would be right."""
    settings = Settings(
        ORDER,
        {
            "contract": {
                "capacity": {"growz": {}, "grows": {"aws_vpc": "cidr_block"}},
                "speed": {},
                "differs": ["aws_vpc"],
                "absent": {"dev": 5},
            }
        },
    )
    with pytest.raises(UserError) as caught:
        contract(settings)

    assert str(caught.value) == (
        "planproof.yaml cannot be used\n"
        "  contract.speed: no such part\n"
        "  contract.differs: expected a mapping, got ['aws_vpc']\n"
        "  contract.capacity.growz: no such direction\n"
        "  contract.capacity.grows.aws_vpc: expected a list of texts, got 'cidr_block'\n"
        "  contract.absent.dev: expected a list of texts, got 5\n"
        "\n"
        "hint: a contract has capacity, retention, zones, protection, differs, equal, appears, yields, absent;"
        " a group has grows, shrinks, turns_on, turns_off"
    )


def test_term_covers_what_is_below() -> None:
    """A line about a block speaks of everything inside it, and of nothing beside it."""
    term = Term("aws_backup_plan", "rule.*.lifecycle", "grows")

    assert term.covers("aws_backup_plan", "rule.every-night.lifecycle.delete_after")
    assert not term.covers("aws_backup_plan", "rule.every-night.schedule")
    assert not term.covers("aws_backup_vault", "rule.every-night.lifecycle")


def test_the_time_of_a_plan_is_no_difference() -> None:
    """Two plans are never made in the same second: names that hold it would be a finding in every review."""
    found = documents(
        dev={"final_snapshot_identifier": "ledger-dev-final-20261123235145", "engine_version": "20261123235145000"},
        prod={"final_snapshot_identifier": "ledger-prod-final-20261124001500", "engine_version": "20261124001500000"},
    )

    assert [one.path for one in differences(found["dev"], found["prod"])] == ["engine_version"]
