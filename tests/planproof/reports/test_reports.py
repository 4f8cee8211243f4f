"""Every format says the same, and no value of a resource breaks out of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

import jsonschema
import pytest

from planproof.reports import FORMATS, render
from planproof.reports.text import render as render_text
from tests import sarif

if TYPE_CHECKING:
    from planproof.checking import Report

SHOWN: Final = '<script>alert(1)</script> | `code` ]]> "quoted" & \\x1b[31m \\ud800 \\x00'
TEXT: Final = {"type": "string", "minLength": 1}


def closed(**properties: Any) -> dict[str, Any]:
    """An object with these properties, all of them, and no other."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in OPTIONAL],
        "additionalProperties": False,
    }


OPTIONAL: Final = frozenset({"suppressions", "baselineState"})
MESSAGE: Final = closed(text=TEXT)
RESULT: Final = closed(
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    kind={"enum": ["fail", "review"]},
    level={"enum": ["none", "note", "warning", "error"]},
    message=MESSAGE,
    locations={
        "type": "array",
        "minItems": 1,
        "items": closed(
            physicalLocation=closed(
                artifactLocation=closed(uri={"type": "string", "pattern": "^[A-Za-z0-9._~:/%-]+$"}),
                region=closed(startLine={"type": "integer", "minimum": 1}),
            ),
            logicalLocations={"type": "array", "items": closed(fullyQualifiedName=TEXT, kind={"const": "resource"})},
        ),
    },
    partialFingerprints={"type": "object", "additionalProperties": {"type": "string", "pattern": "^[0-9a-f]{64}$"}},
    suppressions={
        "type": "array",
        "items": closed(kind={"const": "external"}, status={"const": "accepted"}, justification=TEXT),
    },
    baselineState={"enum": ["new", "unchanged", "updated", "absent"]},
)
SARIF: Final = closed(
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "minItems": 1,
        "items": closed(
            tool=closed(
                driver=closed(
                    name={"const": "planproof"},
                    version=TEXT,
                    rules={
                        "type": "array",
                        "uniqueItems": True,
                        "items": closed(
                            id=TEXT,
                            shortDescription=MESSAGE,
                            fullDescription=MESSAGE,
                            help=MESSAGE,
                            helpUri={"type": "string", "pattern": "^https://"},
                            defaultConfiguration=closed(level={"enum": ["note", "warning", "error"]}),
                            properties={"type": "object"},
                        ),
                    },
                )
            ),
            invocations={
                "type": "array",
                "items": closed(
                    executionSuccessful={"type": "boolean"},
                    exitCode={"type": "integer"},
                    toolExecutionNotifications={
                        "type": "array",
                        "items": closed(level={"const": "error"}, message=MESSAGE),
                    },
                ),
            },
            columnKind={"enum": ["unicodeCodePoints", "utf16CodeUnits"]},
            results={"type": "array", "items": RESULT},
        ),
    },
)


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_is_the_same_twice(report: Report, form: str) -> None:
    """Two runs give the same bytes, and every byte can be written to a file."""
    assert render(report, form) == render(report, form)
    assert render(report, form).encode("utf-8")


def test_json_says_everything(small: Report) -> None:
    """Programs get every answer with its resource, place and reason."""
    raw = json.loads(render(small, "json"))
    (finding,) = raw["findings"]

    assert raw["counts"] == {"passed": 1, "failed": 1, "undecided": 1, "waived": 1, "known": 0}
    assert raw["documents"] == [
        {"name": "staging", "kind": "configuration", "source": "cdktf.out/stacks/staging/cdk.tf.json", "resources": 5}
    ]
    assert {
        key: finding[key] for key in ("environment", "rule", "origin", "file", "line", "path", "found", "expected")
    } == {
        "environment": "staging",
        "rule": "unencrypted-database",
        "origin": "staging/bad",
        "file": "stacks/environment.py",
        "line": 41,
        "path": "storage_encrypted",
        "found": SHOWN,
        "expected": "true",
    }
    assert [(one["origin"], one["cause"]) for one in raw["undecided"]] == [
        ("staging/open", "var.encrypted is given from outside")
    ]
    assert [(one["origin"], one["owner"], one["until"]) for one in raw["waived"]] == [
        ("staging/waived", "payments", "2027-03-31")
    ]
    assert raw["notes"] == [
        "cdktf.out/stacks/staging/cdk.tf.json: module x is not part of this file; judge the plan to judge its resources"
    ]
    assert (raw["exit_code"], raw["as_of"]) == (1, "2026-11-23")


def test_sarif_points_at_python(small: Report) -> None:
    """A code host shows the finding on the module call; the waived one is suppressed with its reason."""
    run = json.loads(render(small, "sarif"))["runs"][0]
    by_origin = {one["message"]["text"].partition(":")[0]: one for one in run["results"]}
    bad, waived, later = (by_origin[f"staging/{name}"] for name in ("bad", "waived", "open"))

    assert bad["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "stacks/environment.py"},
        "region": {"startLine": 41},
    }
    assert bad["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "aws_db_instance.bad.storage_encrypted"
    assert waived["suppressions"][0]["justification"] == (
        "Replaced in <b>sprint</b> 12 | maybe. (payments, until 2027-03-31)"
    )
    assert waived["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("staging/cdk.tf.json")
    assert (later["kind"], later["level"]) == ("review", "none")
    assert all(run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in run["results"])
    assert len({one["partialFingerprints"]["planproof/v1"] for one in run["results"]}) == len(run["results"])


def test_sarif_is_valid(report: Report) -> None:
    """Code scanning takes a log that the official schema of 2.1.0 accepts, and no other."""
    log = render(report, "sarif")

    assert sarif.problems(log) == []
    assert sarif.problems(log.replace('"version": "2.1.0"', '"version": "2.0.0"')) == [
        "$.version: '2.0.0' is not one of ['2.1.0']"
    ]


def test_sarif_has_the_agreed_shape(report: Report) -> None:
    """What we write is closed: a property that nobody agreed on is noticed, though the standard may allow it."""
    jsonschema.Draft202012Validator(SARIF).validate(json.loads(render(report, "sarif")))


def test_junit_counts(report: Report) -> None:
    """A pipeline's test view shows each rule once a document, with the worst it said."""
    root = ET.fromstring(render(report, "junit"))  # noqa: S314 - our own output
    (suite,) = root
    cases = {case.get("name"): case for case in suite}

    assert suite.get("name") == "staging"
    assert int(suite.get("tests", "")) == len(cases)
    assert int(suite.get("failures", "")) == len(suite.findall("testcase/failure"))
    assert int(suite.get("skipped", "")) == len(suite.findall("testcase/skipped"))
    assert suite.get("errors") == "0"
    failure = cases["unencrypted-database"].find("failure")
    assert failure is not None
    assert f"aws_db_instance.bad.storage_encrypted: found {SHOWN}, expected true" in str(failure.text)
    assert cases["bad-waiver"].find("failure") is not None


def test_markdown_shows_values_as_they_are(small: Report) -> None:
    """No value makes a heading, a link, a table cell or HTML of a pull request's comment."""
    text = render(small, "markdown")

    assert "- found: `` " + SHOWN + " ``\n" in text
    assert "| unencrypted-database | staging/open | `storage_encrypted` | var.encrypted is given from outside |" in text
    assert "Replaced in \\<b\\>sprint\\</b\\> 12 \\| maybe." in text


def test_text_fits_its_width_and_takes_colour_only_when_asked(small: Report) -> None:
    """On a terminal it is coloured and wrapped; in a pipe it is plain."""
    plain, coloured = render_text(small, 60), render_text(small, 60, color=True)

    assert "\x1b[" not in plain
    assert "\x1b[31m  high\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    whole = ("undecided", "waived", "note", "staging: ")
    long = [line for line in plain.splitlines() if len(line) > 60 and not line.startswith(whole)]
    assert all(" " not in line[14:] for line in long), "only what cannot be broken is longer"
    assert plain.endswith("staging: 5 resources, 1 rule: 1 pass, 1 fail, 1 undecided, 1 waived\n")
