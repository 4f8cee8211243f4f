"""What a change differs in, attribute by attribute, when Terraform cannot yet say all of it."""

from __future__ import annotations

from typing import Any

from planproof.document import ABSENT, Sensitive
from planproof.review.change import LATER, Change, Difference


def differences(
    before: dict[str, Any], after: dict[str, Any], unknown: Any = None, hidden: tuple[Any, Any] = (None, None)
) -> list[Difference]:
    """The differences of an update between these values."""
    change = Change("aws_kms_key.main", "aws_kms_key", "staging/key", ("update",), before, after, unknown, hidden)
    return list(change.differences)


def test_what_is_known_only_after_apply_is_a_difference() -> None:
    """A policy that nobody can read before it is applied must not pass for one that stays as it is."""
    assert differences({}, {}, {"policy": True}) == [Difference("policy", ABSENT, LATER)]
    assert differences({"policy": "a"}, {}, {"policy": True}) == [Difference("policy", "a", LATER)]
    assert not differences({"policy": "a"}, {}, {"policy": True})[0].known


def test_what_is_known_only_after_apply_is_found_within_blocks() -> None:
    """A task whose second container is unknown is told at that container, beside what is known of the first."""
    before = {"container": [{"image": "a", "port": 80}, {"image": "b", "port": 80}]}
    after = {"container": [{"image": "a", "port": 80}, {"port": 80}]}

    found = differences(before, after, {"container": [{}, {"image": True}]})

    assert found == [Difference("container.1.image", "b", LATER)]


def test_equal_values_beside_an_unknown_one_are_no_difference() -> None:
    """Noise beside the one attribute that matters is how it is overlooked."""
    found = differences({"name": "a", "arn": "x"}, {"name": "a"}, {"arn": True, "name": False})

    assert [one.path for one in found] == ["arn"]


def test_json_text_is_compared_as_what_it_says() -> None:
    """A policy written with other spaces is the same policy; one with another action is told at that action."""
    before = {"policy": '{"Action": "kms:Decrypt"}'}

    assert differences(before, {"policy": '{ "Action":"kms:Decrypt" }'}) == []
    assert differences(before, {"policy": '{"Action": "kms:*"}'}) == [
        Difference("policy.Action", "kms:Decrypt", "kms:*")
    ]


def test_a_sensitive_value_stays_covered() -> None:
    """What Terraform marks as sensitive is never a plain value in a review, before or after."""
    found = differences({"password": "old"}, {"password": "new"}, None, ({"password": True}, {"password": True}))

    assert [one.path for one in found] == ["password"]
    assert isinstance(found[0].before, Sensitive)
    assert isinstance(found[0].after, Sensitive)


def test_nothing_said_in_two_ways_is_no_difference() -> None:
    """Providers write null, an empty text or an empty list for the same thing; nobody should approve that."""
    assert differences({"description": None, "rules": []}, {"description": "", "rules": None}) == []
