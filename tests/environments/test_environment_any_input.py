"""Whatever stands in a file or a variable: it is an environment, or one message; never a traceback."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from environments.load import load
from environments.model import Environment
from messages import UserError
from tests.environments.environment_files import changed, committed, schema_limits, write

S = "PLATFORM__STAGING__"
MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
ENDS = "\n\nhint: "


@pytest.fixture(scope="module")
def folder() -> Any:
    """The four files, written once."""
    with tempfile.TemporaryDirectory() as made:
        yield write(Path(made))


def settings_of(raw: Any, path: tuple[str, ...] = ()) -> list[str]:
    """The path of every group and every setting in a file."""
    below = raw.items() if isinstance(raw, dict) else ()
    here = [".".join(path)] if path else []
    return here + [each for key, inner in below for each in settings_of(inner, (*path, str(key)))]


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["", "0", "latest"])
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)
PATHS = settings_of(committed("staging"))
YAML_LIKE = st.text(alphabet="ab01:-[]{}!*&<>|?#'\"%@`,. \t\n~_xo", max_size=60)


def refused_well(folder: Path, variables: dict[str, str] | None = None) -> bool:
    """Whether it is refused; fails when it is anything but an environment or a whole message."""
    message = ""
    try:
        assert isinstance(load("staging", variables or {}, folder), Environment)
    except UserError as error:
        message = str(error)
    assert not message or (ENDS in message and len(message) < 20_000)
    return bool(message)


@MANY
@given(content=st.binary(max_size=60) | YAML_LIKE.map(str.encode))
def test_any_file(folder: Path, content: bytes) -> None:
    """A file damaged in any way never shows a person the inside of the program."""
    (folder / "staging.yaml").write_bytes(content)

    assert refused_well(folder)


@MANY
@given(path=st.sampled_from(PATHS), tree=TREES)
def test_any_value_in_any_place(folder: Path, path: str, tree: Any) -> None:
    """A value of any kind in any place is taken or refused, and what is taken can be written as JSON again."""
    (folder / "staging.yaml").write_text(json.dumps(changed(committed("staging"), path, tree)), encoding="utf-8")

    if not refused_well(folder):
        taken = load("staging", {}, folder)
        assert Environment.model_validate(json.loads(taken.model_dump_json())) == taken


@MANY
@given(
    path=st.lists(st.sampled_from(sorted({part for each in PATHS for part in each.split(".")})), max_size=4)
    | st.sampled_from(PATHS).map(lambda each: each.split("."))
    | st.lists(st.text(max_size=5), max_size=3),
    text=YAML_LIKE | st.text(max_size=20),
)
def test_any_override(folder: Path, path: list[str], text: str) -> None:
    """A variable of any name and any content is taken or refused."""
    (folder / "staging.yaml").write_text(json.dumps(committed("staging")), encoding="utf-8")

    refused_well(folder, {S + "__".join(path).upper(): text})


@MANY
@given(data=st.data())
def test_any_number_between_its_limits(folder: Path, data: st.DataObject) -> None:
    """Between the limits of a number nothing is refused, but for its company: the message then names the group."""
    numbers = {path: at for path, at in schema_limits("minimum", "maximum").items() if "*" not in path}
    path = data.draw(st.sampled_from(sorted(numbers)))
    number = data.draw(st.integers(numbers[path].get("minimum", 1), numbers[path].get("maximum", 10**9)))
    (folder / "staging.yaml").write_text(json.dumps(changed(committed("staging"), path, number)), encoding="utf-8")

    assert refused_well(folder) is (
        (path == "database.storage_gib" and number * 11 > 2000)
        or (path == "database.storage_limit_gib" and number < 55)
    )
