"""What the demo says while a person waits."""

from __future__ import annotations

import io
import os
import time

import pytest

from delivery import demo
from delivery.demo import Progress
from delivery.toolchain import find_node


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the demo sees; a test moves them on."""
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_waiting_is_told_with_what_for(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    """A person who waits a minute for a database knows that it is the database, and that nothing hangs."""
    progress = Progress(io.StringIO())
    progress.write("staging  aws_vpc.network_vpc_1: Creation complete after 11s [id=vpc-1]\n")
    clock[0] = 12
    progress.write("staging  aws_db_instance.database_instance_D7: Still creating... [10s elapsed]\n")

    assert capsys.readouterr().err == "       12 s  1 resources, waiting for aws_db_instance\n"


def test_it_is_quiet_between_times(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    """Hundreds of resources in a second are one line, not hundreds."""
    progress = Progress(io.StringIO())
    clock[0] = 9
    for number in range(200):
        progress.write(f"aws_subnet.network_{number}: Creation complete after 0s\n")

    assert capsys.readouterr().err == ""


def test_the_whole_log_is_kept() -> None:
    """What is not told is in the log, to the letter."""
    log = io.StringIO()
    progress = Progress(log)
    progress.write("anything\n")
    progress.flush()

    assert log.getvalue() == "anything\n"


@pytest.mark.slow
def test_without_terraform_the_rest_is_done_and_said(
    capfd: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A person who only looks around sees synthesis and judgement, and how to get the rest, in one line."""
    empty = tmp_path_factory.mktemp("path")
    (empty / "node").symlink_to(find_node(os.environ))
    outdir = tmp_path_factory.mktemp("cdktf")

    code = demo.demo({"PATH": str(empty), "HOME": str(empty), "CDKTF_OUTDIR": str(outdir)})

    said = capfd.readouterr().err.splitlines()
    assert code == 0
    assert said[-1] == (
        "left out: the deployment, its tests and its summary. Terraform is missing (there is no terraform on PATH); "
        "hint: install Terraform 1.10 or newer: https://developer.hashicorp.com/terraform/install"
    )
