"""Whatever JSON or noise is given, the answer is a document or one message."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planproof.document import load, parse
from planproof.errors import UserError

TEXTS = st.text(alphabet='ab_.$%{}[]"\\ \n\ud800', max_size=8)
KEYS = TEXTS | st.sampled_from(
    ["root_module", "resources", "module_calls", "module", "outputs", "expression", "expressions", "references",
     "constant_value", "address", "type", "name", "mode", "values", "child_modules", "provider_config", "alias",
     "for_each", "content", "backend", "metadata", "path", "aws_x", "a", "value", "sensitive", "statement",
     "principals", "condition", "depends_on"]
)  # fmt: skip
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | TEXTS
    | st.sampled_from(
        ["${", "${aws_x.a.b}", "%{if}", "aws_x.a", "${jsonencode({a = [aws_x.a.b]})}", '{"a": ["${local.a}"]}']
    )
)
TREES = st.recursive(
    LEAVES,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=3),
    max_leaves=12,
)
SECTIONS = st.sampled_from(
    ["resource", "data", "output", "provider", "terraform", "locals", "variable", "module", "//", "format_version",
     "resource_changes", "planned_values", "configuration", "prior_state", "values", "variables"]
)  # fmt: skip
BODIES = st.dictionaries(
    st.sampled_from(["statement", "policy", "ingress", "count", "dynamic", "tags", "//"]), TREES, max_size=4
)
SHAPED = st.fixed_dictionaries(
    {
        "data": st.just({}) | st.fixed_dictionaries({"aws_iam_policy_document": st.fixed_dictionaries({"d": BODIES})}),
        "resource": st.dictionaries(st.just("aws_x_y"), st.dictionaries(st.sampled_from("ab"), BODIES, max_size=2)),
    }
)
NODE = st.fixed_dictionaries(
    {"address": st.sampled_from(["aws_x.a", "aws_x.b"]), "type": st.just("aws_x"), "name": st.just("a")},
    optional={
        "change": st.fixed_dictionaries(
            {}, optional=dict.fromkeys(("actions", "before", "after", "after_unknown", "after_sensitive"), TREES)
        ),
        "mode": TREES,
        "index": TREES,
        "module_address": TREES,
        "values": TREES,
    },
)
SPOILED = st.one_of(st.none(), st.integers(), st.just("x"), st.lists(LEAVES, max_size=2), TREES)
EXPRESSIONS = SPOILED | st.dictionaries(KEYS, SPOILED | st.fixed_dictionaries({"references": SPOILED}), max_size=2)
MODULE: st.SearchStrategy[Any] = st.deferred(
    lambda: st.fixed_dictionaries(
        {},
        optional={
            "resources": SPOILED
            | st.lists(
                st.fixed_dictionaries(
                    {"type": st.just("aws_x"), "name": st.just("a")}, optional={"expressions": EXPRESSIONS}
                ),
                max_size=2,
            ),
            "outputs": SPOILED | st.dictionaries(KEYS, SPOILED, max_size=2),
            "module_calls": SPOILED
            | st.dictionaries(
                KEYS,
                SPOILED | st.fixed_dictionaries({}, optional={"module": MODULE, "expressions": EXPRESSIONS}),
                max_size=1,
            ),
        },
    )
)
CONFIGURATION = SPOILED | st.fixed_dictionaries(
    {},
    optional={
        "root_module": SPOILED | MODULE,
        "provider_config": SPOILED | st.dictionaries(KEYS, SPOILED, max_size=2),
    },
)
PLANNED = st.fixed_dictionaries(
    {"format_version": st.just("1.2"), "resource_changes": st.lists(NODE, max_size=2)},
    optional={
        "configuration": CONFIGURATION,
        "planned_values": SPOILED
        | st.fixed_dictionaries({"outputs": SPOILED | st.dictionaries(KEYS, SPOILED, max_size=1)}),
        "prior_state": SPOILED,
        "variables": SPOILED,
    },
)
STATES = st.fixed_dictionaries(
    {
        "format_version": st.just("1.0"),
        "values": st.fixed_dictionaries(
            {"root_module": st.fixed_dictionaries({"resources": st.lists(NODE, max_size=2)})}
        ),
    }
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # the machine may be busy
@given(st.dictionaries(SECTIONS, TREES, max_size=4) | SHAPED | PLANNED | STATES)
def test_malformed_json_is_read_or_refused(raw: dict[str, Any]) -> None:
    """Whatever the JSON holds, the answer is a document or one message, and every attribute can be asked for."""
    try:
        document = parse(raw, name="hostile", source="hostile.json")
    except UserError:
        return
    for resource in (*document.resources, *document.settings, *document.removed):
        assert isinstance(resource.values, dict)
        resource.references()
        document.referrers(resource)
        for name in resource.values:
            resource.get(f"{name}.0.x")
            resource.policy(name)


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """A file of noise is refused; no noise is a clean bill."""
    file = tmp_path_factory.mktemp("noise", numbered=True) / "noise.json"
    file.write_bytes(data)

    with pytest.raises(UserError):
        load(file)
