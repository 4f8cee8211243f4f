"""The house rules that a machine can check."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("environments", "modules", "stacks", "delivery", "emulator", "fastsynth", "planproof")
FILES = sorted(file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
LINES = 250
FRAMEWORK = {
    "BaseModel",
    "Construct",
    "Enum",
    "Exception",
    "IntEnum",
    "NamedTuple",
    "Protocol",
    "Settings",
    "StrEnum",
    "TerraformStack",
    "TypedDict",
    "UserError",
}


def named(file: Path) -> str:
    """A file as the test's id shows it."""
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_file_is_short_and_says_what_it_is_for(file: Path) -> None:
    """Whoever inherits this reads a file in one go, and knows from its first line whether to."""
    text = file.read_text(encoding="utf-8")
    purpose = ast.get_docstring(ast.parse(text))

    assert text.count("\n") <= LINES, f"{named(file)} has two reasons to exist: give each a file"
    assert purpose, f"{named(file)} does not say what it is for"


@pytest.mark.parametrize("package", ["environments", "modules", "stacks"])
def test_only_the_frameworks_classes_are_inherited(package: str) -> None:
    """No part of the platform changes because another one's base class did."""
    inherited = {
        (node.name, ast.unparse(base))
        for file in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if ast.unparse(base).split("[")[0].rsplit(".", 1)[-1] not in FRAMEWORK | {"SafeLoader"}
    }

    assert inherited == set()


@pytest.mark.parametrize(
    ("made", "only_in"),
    [
        ("VpcSecurityGroupIngressRule", {"modules/connections.py"}),
        ("VpcSecurityGroupEgressRule", {"modules/connections.py"}),
        ("SecurityGroup", {"modules/connections.py"}),
        ("IamRolePolicy", {"modules/grants.py"}),
    ],
)
def test_doors_and_permissions_are_made_in_one_place(made: str, only_in: set[str]) -> None:
    """A reviewer who has read the sentences has seen every open port and every permission of a service."""
    found = {
        named(file)
        for package in ("modules", "stacks")
        for file in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == made
    }

    assert found == only_in


@pytest.mark.parametrize("package", ["environments", "modules", "stacks"])
def test_nothing_depends_on_the_clock_or_the_machine(package: str) -> None:
    """The same commit gives the same JSON on every machine and on every day."""
    reaching = {"datetime", "os", "random", "secrets", "socket", "time", "urllib", "uuid"}
    imported = {
        (named(file), name)
        for file in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _imports(node)
        if name.split(".")[0] in reaching
    }

    assert imported == set()


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def test_stacks_make_no_resource_themselves() -> None:
    """A stack is read like a list of parts and sentences; what a part is stands in its module."""
    bindings = {
        (named(file), name)
        for file in (ROOT / "stacks").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _imports(node)
        if name.startswith("cdktf_cdktf_provider_aws")
    }

    assert {name for _, name in bindings} == {"cdktf_cdktf_provider_aws.provider"}


def test_nothing_we_write_is_decorated() -> None:
    """Logs and pages are read in terminals, tickets and audits: plain ASCII reaches them all unchanged."""
    suffixes = {".py", ".md", ".yaml", ".yml", ".toml", ".j2", ".cjs"}
    decorated = {
        f"{named(file)}:{number}"
        for folder in (*PACKAGES, "tests", "docs", "benchmarks", "environments")
        for file in (ROOT / folder).rglob("*")
        if file.suffix in suffixes and "__pycache__" not in file.parts
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if not line.isascii()
    }

    assert decorated == set()
