"""Files of a hundred megabytes: the right answer or one clear message, never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

SIZE: Final = 100_000_000
HINT: Final = "\nhint: give it a synthesized cdk.tf.json, or the output of terraform show -json\n"
RULE: Final = "--rule=unencrypted-database"
START: Final = '{"format_version":"1.2","resource_changes":['
SOUND: Final = {
    "address": "aws_db_instance.a", "type": "aws_db_instance", "name": "a", "mode": "managed",
    "change": {"actions": ["create"], "before": None, "after_unknown": {}, "after": {"storage_encrypted": False,
               "kms_key_id": "arn:aws:kms:eu-west-1:111122223333:key/k", "user_data": "x" * 20_000}},
}  # fmt: skip


def valid(file: Path) -> int:
    """A plan of many databases with long texts, none of them encrypted; gives their number."""
    one = json.dumps(SOUND)
    number = SIZE // len(one) + 1
    with file.open("w") as written:
        written.write(START)
        for n in range(number):
            written.write(
                one.replace("aws_db_instance.a", f"aws_db_instance.a{n}", 1) + ("," if n + 1 < number else "]}")
            )
    return number


def judged(file: Path) -> subprocess.CompletedProcess[str]:
    """The command as people run it, in a process of its own."""
    program = "from planproof.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, "check", RULE, file.name],
        cwd=file.parent, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.no_cover
def test_a_large_plan_is_judged(tmp_path: Path) -> None:
    """Every resource of it."""
    number = valid(tmp_path / "plan.json")
    done = judged(tmp_path / "plan.json")

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith(f"plan: {number:,} resources, 1 rule: 0 pass, {number:,} fail, 0 undecided, 0 waived\n")


def truncated(file: Path) -> str:
    """A large plan of which the end is missing; gives what is wrong with it."""
    valid(file)
    data = file.read_bytes()
    half = data[: data.rindex(b"xxx")]
    file.write_bytes(half)
    opening = half.rindex(b'"') + 1
    return f"line 1, column {opening}: Unterminated string starting at; the file ends early"


def brackets(file: Path) -> str:
    """Nothing but brackets; gives what is wrong with it."""
    file.write_bytes(b"[" * SIZE)
    return "line 1, column 121: nested deeper than 120 levels"


@pytest.mark.slow
@pytest.mark.no_cover
@pytest.mark.parametrize("write", [truncated, brackets], ids=["truncated", "brackets"])
def test_a_large_file_that_cannot_be_read_is_told(write: Callable[[Path], str], tmp_path: Path) -> None:
    """One message with the place, exit 2."""
    problem = write(tmp_path / "plan.json")
    done = judged(tmp_path / "plan.json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"plan.json cannot be read\n  {problem}\n{HINT}"
