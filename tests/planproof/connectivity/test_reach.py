"""`planproof reach` answers the questions a person has, in every form, and refuses what it cannot understand."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from planproof.cli import main
from planproof.connectivity.difference import Change, difference
from planproof.connectivity.reading import read_topology
from planproof.document import parse

from .specimen import Raw, network


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, output and errors of one command."""
    with pytest.raises(SystemExit) as ended:
        main(["reach", *arguments])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The specimen as a file."""
    return written(tmp_path / "specimen.tf.json", network())


def written(path: Path, raw: Raw) -> str:
    """A configuration in a file."""
    path.write_text(json.dumps(raw), encoding="utf-8")
    return str(path)


def settings(folder: Path, text: str) -> str:
    """A settings file."""
    path = folder / "planproof.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_one_flow_hop_by_hop(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every stage of the path is shown with the rule that lets the packet pass, and the packet itself."""
    code, out, _ = run(capsys, "api", "data:5432", "--explain", "--in", file)

    assert code == 0
    assert "PROVEN api -> data tcp 5432" in out
    assert "packet    tcp 10.0.1.4:32768 -> 10.0.2.4:5432" in out
    assert [line.split("passes")[1].strip().partition(":")[0] for line in out.splitlines() if "passes " in line] == [
        "security group of api, out",
        "network ACL of aws_subnet.app, out",
        "route of aws_subnet.app",
        "network ACL of aws_subnet.data0, in",
        "security group of data, in",
        "answer",
        "answer",
        "answer",
    ]


def test_refuted_flow_fails(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A port that is shut: exit 1, the rule that is too narrow and the change that would open it."""
    code, out, _ = run(capsys, "api", "data:6000", "--in", file)

    assert code == 1
    assert "stops at  security group of api, out" in out
    assert "because   opens tcp 5432 to data, not tcp 6000" in out
    assert "change    open port 6000 in aws_vpc_security_group_egress_rule.out" in out


def test_who_reaches(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--to` lists everybody who gets there, with a packet each."""
    code, out, _ = run(capsys, "--to", "data", "--in", file)

    assert (code, "api  data  tcp 5432" in out) == (0, True)
    assert "1 proven, 0 refuted, 0 undecided" in out


def test_difference_of_two_documents() -> None:
    """What a change opens and what it shuts, by the names of the ends."""
    old, new = network(), network()
    new["resource"]["aws_vpc_security_group_ingress_rule"]["in"]["to_port"] = 5433
    new["resource"]["aws_vpc_security_group_egress_rule"]["out"]["to_port"] = 5433
    new["resource"]["aws_db_instance"]["data"]["port"] = 5433
    before, after = (read_topology(parse(raw, name="x", source="x")) for raw in (old, new))

    assert difference(before, before) == ()
    assert difference(before, after) == (
        Change(False, "api", "data", "tcp 5432"),
        Change(True, "api", "data", "tcp 5433"),
    )


def test_difference_on_the_command_line(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--diff OLD NEW` prints the flows lost with a minus."""
    raw = network()
    del raw["resource"]["aws_vpc_security_group_ingress_rule"]
    code, out, _ = run(capsys, "--diff", file, written(tmp_path / "new.tf.json", raw))

    assert code == 0
    assert out.splitlines()[1:] == ["-  api  data  tcp 5432"]


@pytest.mark.parametrize("form", ["text", "json", "markdown", "mermaid", "svg"])
def test_every_form_is_deterministic(form: str, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same document gives the same bytes, and each form names both ends."""
    first, second = (run(capsys, "--in", file, "--format", form)[1] for _ in range(2))

    assert first == second
    assert "api" in first
    assert "data" in first
    if form == "json":
        assert json.loads(first)[0]["claims"][0]["from"] == "api"
    if form == "svg":
        assert ET.fromstring(first).tag.endswith("svg")  # noqa: S314 - we wrote it ourselves


def test_declared_flows_and_denials(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a person declares is proved beside what is inferred: a flow that is shut and a denial that does not hold."""
    text = """
connectivity:
  flows:
    - {from: data, to: api, port: 8080}
  denials:
    - {from: internet, to: data}
    - {from: api, to: data, port: 5432}
"""
    code, out, _ = run(capsys, "--in", file, "--settings", settings(tmp_path, text))

    assert code == 1
    assert "REFUTED data -> api tcp 8080" in out
    assert "PROVEN     nothing from internet to data, any protocol" in out
    assert "REFUTED nothing from api to data, tcp 5432" in out


def test_declaration_that_cannot_be_meant(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every mistake at once, each with where and what, and the names there are."""
    text = "connectivity:\n  flows:\n    - {from: apy, to: data, port: 99999}\n    - {form: api}\n"
    file_of_settings = settings(tmp_path, text)
    code, out, err = run(capsys, "--in", file, "--settings", file_of_settings)

    assert (code, out) == (2, "")
    assert err == (
        f"{file_of_settings} cannot be used\n"
        "  connectivity.flows.0.from: no host is called 'apy'\n"
        "  connectivity.flows.0.port: expected a port or a range such as 8000-8080, got 99999\n"
        "  connectivity.flows.1.form: no such setting\n"
        "  connectivity.flows.1.from: expected the name of a host, got None\n"
        "  connectivity.flows.1.to: expected the name of a host, got None\n"
        "\n"
        "hint: hosts of this network: api, data, internet, aws:<service>\n"
    )


def test_unknown_end(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that nothing has is a mistake of the asker, not a refuted flow."""
    code, _, err = run(capsys, "apy", "data", "--in", file)

    assert code == 2
    assert err == "no such end of a flow\n  asked for apy\n\nhint: there are: api, data, internet, aws:<service>\n"


def test_half_a_question(capsys: pytest.CaptureFixture[str]) -> None:
    """One name alone is no question."""
    code, _, err = run(capsys, "api")

    assert code == 2
    assert err == (
        "the question cannot be understood\n  expected FROM and TO, or --to HOST, got api\n\n"
        "hint: planproof reach payments database:5432 --explain\n"
    )


def test_nothing_to_judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a synthesis and without a file there is a hint, not a traceback."""
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys)

    assert code == 2
    assert err.startswith("there is nothing to judge\n  cdktf.out is not a folder here\n")


def test_document_without_network(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document with no network is not an error: it says so."""
    file = written(tmp_path / "b.tf.json", {"resource": {"aws_s3_bucket": {"b": {"bucket": "b"}}}})
    code, out, _ = run(capsys, "--in", file)

    assert (code, out) == (0, "b: no network in this document, so there is nothing to prove\n")
