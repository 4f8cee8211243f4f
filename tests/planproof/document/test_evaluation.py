"""Expressions are understood exactly or left unknown; a half-understood value would be a wrong verdict."""

from __future__ import annotations

from typing import Any

import pytest

from planproof.document import Sensitive, Unknown, parse


def value(written: object, kind: str = "aws_thing", **body: Any) -> Any:
    """What an attribute is worth beside a few locals."""
    raw = {
        "resource": {kind: {"it": {"x": written, **body}}, "aws_eip": {"many": {"count": 2, "tags": {"a": "b"}}}},
        "locals": {"list": ["a", "b"], "map": {"k": "v"}, "n": 3, "flag": True, "none": None},
    }
    found = parse(raw, name="x", source="x").resource(f"{kind}.it")
    assert found is not None
    return found.get("x")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('${"\\u0041\\n\\t\\\\${local.n}"}', "A\n\t\\3"),
        ('${"\\U00000042"}', "B"),
        ("n=${local.n} f=${local.flag}", "n=3 f=true"),
        ("${local.list[0]}${local.map.k}", "av"),
        ('${local.map["k"]}', "v"),
        ("${concat(local.list, [1.5, 2e1])}", ["a", "b", 1.5, 20.0]),
        ("${merge(local.map, {x = 1})}", {"k": "v", "x": 1}),
        ("${element(local.list, 3)}", "b"),
        ("${length(local.list)}", 2),
        ('${lookup(local.map, "z", "none")}', "none"),
        ('${split(",", "a,b")}', ["a", "b"]),
        ('${replace("a-b", "-", "_")}', "a_b"),
        ('${base64encode("a")}', "YQ=="),
        ('${cidrsubnet("10.1.2.3/16", 4, 15)}', "10.1.240.0/20"),
        ('${cidrsubnet("2001:db8::/56", 8, 2)}', "2001:db8:0:2::/64"),
        ('${jsondecode("[1]")}', [1]),
        ('${tonumber("5")}', 5),
        ("${tonumber(5)}", 5),
        ("${tostring(5)}", "5"),
        ('${tostring("5")}', "5"),
        ('${toset(["b", "a", "b"])}', ["a", "b"]),
        ("${tolist(local.list)}", ["a", "b"]),
        ("${one([7])}", 7),
        ("${lower(upper(local.map.k))}", "v"),
        ("${aws_eip.many[1].tags.a}", "b"),
        ('${["a", "b",]}', ["a", "b"]),
        ("${{}}", {}),
        ("cost $5 and 5% off", "cost $5 and 5% off"),
        ("%%{literal}", "%{literal}"),
    ],
)
def test_known(written: str, expected: object) -> None:
    """The pure part of Terraform's language that configurations use."""
    assert value(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "${local.list}${local.map}x",
        "${[1 2]}",
        "${[1",
        "${{a b}}",
        "${{1 = 2}}",
        "${unknown_function(1)}",
        "${element(local.none, 0)}",
        '${"\\uZZZZ"}',
        '${"open}',
        "${a ~ b}",
        "${local.list[*]}",
        "${-local.map}",
        "${each.value}",
        "${count.index}",
        "${local.n == 3}",
        "${}",
        "${true.x}",
        "${" + "[" * 40 + "]" * 40 + "}",
        '${"' + '${"' * 40 + '"}' * 40 + '"}',
        "${aws_eip.many[*].id}",
        "${jsonencode(aws_eip.many[0].id)}",
        "${concat([aws_eip.many[0].id], local.list)}",
    ],
)
def test_unknown(written: str) -> None:
    """Whatever is not understood is said to be unknown, and crashes nothing."""
    assert isinstance(value(written), Unknown)


def test_a_null_is_absent() -> None:
    """`null` takes an attribute away, as it does in Terraform."""
    assert value("${null}") is None
    assert value("${local.none}") is None


def test_text_that_people_choose_stays_text() -> None:
    """A tag "true" is a text; an attribute "true" is a boolean."""
    assert value({"tags": {"On": "true"}, "on": "true"}) == {"tags": {"On": "true"}, "on": True}


@pytest.mark.parametrize("mode", [{"passwords": ["a"]}, [{"passwords": ["a"]}]])
def test_secrets_inside_blocks_are_covered(mode: object) -> None:
    """The provider marks passwords of a user's authentication block."""
    raw = {"resource": {"aws_elasticache_user": {"it": {"authentication_mode": mode}}}}
    found = parse(raw, name="x", source="x").resource("aws_elasticache_user.it")
    assert found is not None

    assert isinstance(found.get("authentication_mode.passwords"), Sensitive)
