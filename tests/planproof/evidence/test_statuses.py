"""Every status is earned: by rules that judged real resources, or by a reason why none can."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from planproof.checking import check
from planproof.document import load
from planproof.evidence.folder import verify
from planproof.evidence.requirements import beyond
from planproof.frameworks import frameworks
from planproof.rules import rules
from planproof.settings import near
from tests.planproof.evidence.conftest import DAY, Run, databases, put

PREFIX = "pci-dss-4.0.1/"
(CATALOGUE,) = (one for one in frameworks() if one.id == "pci-dss-4.0.1")


def told(folder: Path) -> dict[str, Any]:
    """What evidence.json says."""
    found: dict[str, Any] = json.loads((folder / "evidence.json").read_text())
    return found


def requirements(folder: Path) -> dict[str, Any]:
    """The requirements by number."""
    return {one["number"]: one for one in told(folder)["requirements"]}


@pytest.fixture(scope="session")
def judged(cdktf_out: Path, root: Path) -> Mapping[str, Mapping[str, int]]:
    """How many resources each rule is content with in each environment, asked without the evidence."""
    report = check((cdktf_out,), as_of=DAY, settings=near(root), waivers=(), folder=root)
    assert not report.findings
    found: dict[str, dict[str, int]] = {}
    for (rule, environment), resources in report.passed.items():
        found.setdefault(rule, {})[environment] = len(resources)
    return found


@pytest.mark.parametrize("number", CATALOGUE.controls)
def test_the_status_of_each_requirement_is_justified(
    platform: Path, judged: Mapping[str, Mapping[str, int]], number: str
) -> None:
    """Pass means resources that a rule is content with; anything else says why; nothing is passed for free."""
    one = requirements(platform)[number]
    named = [rule for rule in rules() if PREFIX + number in rule.controls]
    met = [rule for rule in named if judged.get(rule.id)]

    assert one["text"] == CATALOGUE.controls[number]
    assert set(one["rules"]) - {"bad-waiver"} == {rule.id for rule in named}
    assert one["why"].endswith(".")
    if met:
        assert one["status"] == "pass"
    elif named:
        assert one["status"] == "not applicable"
        assert all(kind in one["why"] for rule in named for kind in rule.resources)
    else:
        assert one["status"] == "not evaluated" or one["rules"] == ["bad-waiver"]
        assert one["why"] == beyond()[number]
    for answer in one["answers"]:
        passed = sum(judged.get(rule.id, {}).get(answer["environment"], 0) for rule in named)
        assert answer["passed"] == passed
        assert answer["status"] == ("pass" if passed else "not applicable" if named else "not evaluated")


def test_what_shows_a_requirement_is_in_the_inputs(platform: Path) -> None:
    """Each resource that is named exists, and each attribute has the value that is told."""
    documents = {one.name: one for one in load(platform / "inputs" / "prod" / "cdk.tf.json")}
    checked = 0
    for rule in told(platform)["rules"]:
        for one in rule["shown"]:
            if one["environment"] != "prod":
                continue
            resource = documents["prod"].resource(one["address"])
            assert resource is not None, one
            for attribute in one["attributes"]:
                if isinstance(value := resource.get(attribute["path"]), bool):
                    assert attribute["value"] == json.dumps(value)
                    checked += 1
    assert checked > 20


def test_findings_doubts_and_waivers_are_told_apart(evidence: Path) -> None:
    """A waived finding stays a failure, an open question is no pass, and both say what and why."""
    one = requirements(evidence)["3.5.1"]
    answers = {each["environment"]: each for each in one["answers"]}
    (rule,) = (each for each in told(evidence)["rules"] if each["id"] == "unencrypted-database")

    assert one["status"] == "fail"
    assert (answers["staging"]["status"], answers["staging"]["waived"]) == ("fail", 1)
    assert answers["prod"]["status"] == "not evaluated"
    assert "may accept as a compensating control or not" in one["why"]
    assert rule["failures"] == [
        {
            "environment": "staging",
            "address": "aws_db_instance.ledger",
            "origin": "staging/ledger",
            "place": "stacks/environment.py:41",
            "path": "storage_encrypted",
            "found": "false",
            "expected": "true",
            "waiver": {"because": "Holds <b>fixtures</b> only.", "owner": "payments", "until": "2027-03-31"},
        }
    ]
    assert [(each["environment"], each["path"]) for each in rule["questions"]] == [("prod", "storage_encrypted")]
    assert rule["shown"] == []


def test_questions_alone_are_not_evaluated(tmp_path: Path, planproof: Run) -> None:
    """What only the cloud knows is neither a pass nor a fail."""
    put(tmp_path, "prod", databases(encrypted="${var.encrypted}"))
    planproof("evidence", "--output", "evidence", "--as-of", DAY.isoformat(), at=tmp_path)
    open_questions = [
        one for one in requirements(tmp_path / "evidence").values() if one["rules"] and one["status"] == "not evaluated"
    ]

    assert open_questions
    assert all("the inputs cannot answer" in one["why"] for one in open_questions)
    assert verify(tmp_path / "evidence") == ()


def test_the_page_is_ascii_and_escapes(evidence: Path) -> None:
    """Words of a waiver cannot become markup on the auditor's screen, and nothing is fetched."""
    page = (evidence / "index.html").read_text(encoding="ascii")

    assert "Holds &lt;b&gt;fixtures&lt;/b&gt; only." in page
    assert not re.search(r"<(script|link|img|iframe)|@import|url\(", page)
    ids = set(re.findall(r'id="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


@dataclass
class Model:
    """The parts of OSCAL 1.1 assessment results that we write: the fields each must and may have."""

    must: set[str]
    may: set[str] = field(default_factory=set)

    def accepts(self, part: Mapping[str, Any]) -> bool:
        """Whether the part has what it must have, and nothing else."""
        return self.must <= set(part) <= self.must | self.may


def test_the_assessment_results_follow_the_model(platform: Path, evidence: Path) -> None:
    """An auditor's OSCAL tool can read the file: fields, tokens, and no reference into nothing."""
    for folder in (platform, evidence):
        whole = json.loads((folder / "assessment-results.json").read_text())["assessment-results"]
        (result,) = whole["results"]
        items = result["local-definitions"]["inventory-items"]
        observations, findings = result["observations"], result["findings"]
        assert Model({"uuid", "metadata", "import-ap", "results", "back-matter"}).accepts(whole)
        assert Model({"title", "last-modified", "version", "oscal-version"}, {"props"}).accepts(whole["metadata"])
        assert Model(
            {"uuid", "title", "description", "start", "reviewed-controls"},
            {"end", "observations", "findings", "local-definitions"},
        ).accepts(result)
        observation = Model(
            {"uuid", "description", "methods", "collected"},
            {"title", "types", "subjects", "relevant-evidence", "props", "remarks"},
        )
        assert all(observation.accepts(one) for one in observations)
        finding = Model({"uuid", "title", "description", "target"}, {"related-observations", "remarks"})
        assert all(finding.accepts(one) for one in findings)
        targets = [one["target"] for one in findings]
        assert {one["status"]["state"] for one in targets} <= {"satisfied", "not-satisfied"}
        assert all(re.fullmatch(r"[a-z][a-z0-9._-]*", one["target-id"]) for one in targets)
        known = {one["uuid"] for one in observations}
        assert all(link["observation-uuid"] in known for one in findings for link in one["related-observations"])
        subjects = {one["uuid"] for one in items}
        assert {each["subject-uuid"] for one in observations for each in one["subjects"]} == subjects
        identifiers = [whole["uuid"], result["uuid"], *known, *subjects, *(one["uuid"] for one in findings)]
        assert len(set(identifiers)) == len(identifiers)
        assert {UUID(one).version for one in identifiers} == {5}


def test_the_formats_agree(platform: Path, evidence: Path) -> None:
    """The same requirements pass and fail in JSON, in OSCAL and on the page."""
    for folder in (platform, evidence):
        decided = {
            f"pci-dss-{number.lower()}": one["status"]
            for number, one in requirements(folder).items()
            if one["status"] in {"pass", "fail"}
        }
        (result,) = json.loads((folder / "assessment-results.json").read_text())["assessment-results"]["results"]
        targets = (one["target"] for one in result["findings"])
        page = (folder / "index.html").read_text()
        rows = re.findall(r'<tr id="requirement-([^"]+)">.*?<td [^>]*class="status [a-z-]+">([a-z ]+)</td>', page)

        assert {one["target-id"]: one["status"]["reason"] for one in targets} == decided
        assert dict(rows) == {number: one["status"] for number, one in requirements(folder).items()}
