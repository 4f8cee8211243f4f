"""What the browser is shown: the pages of a real platform with real faults, and pages that do what must be noticed."""

from __future__ import annotations

import copy
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planproof.checking import Report, check
from planproof.evidence.folder import write
from planproof.reports import render
from planproof.review.reports import render as render_review
from tests.review.reviews import review_of_all

from .pages import served

ROOT = Path(__file__).parents[2]
PLANS = {"staging": "protection-is-removed", "prod": "database-grows-in-prod-and-loses-its-protection"}
DAY = date(2026, 11, 23)
HOSTILE = "<img src='http://elsewhere.example/x.png' onerror='console.error(1)'>" + "unbroken" * 60
LOUD = """<!doctype html><title>loud</title>
<img src="http://elsewhere.example/pixel.png"><script>nobody();</script>"""
WIDE = """<!doctype html><title>wide</title>
<body style="background: #fff"><p style="color: #ccc">pale</p><p style="width: 3000px">wide</p></body>"""
WAIVERS = """\
- allow: endless-log
  on: staging/trail/log/group
  because: The trail is kept by the bank's own archive, which deletes it after the ten years that the law asks for.
  owner: platform
  until: 2027-06-30
"""


@pytest.fixture(scope="session")
def faulty(cdktf_out: Path, synthesized: dict[str, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project: staging as we deploy it, with findings of every severity, a waiver and an open question."""
    folder = tmp_path_factory.mktemp("faulty")
    place = folder / "cdktf.out" / "stacks" / "staging"
    place.mkdir(parents=True)
    raw = copy.deepcopy(synthesized["staging"])
    parts = raw["resource"]
    for body in parts["aws_db_instance"].values():
        body |= {"storage_encrypted": False, "deletion_protection": "${var.kept}", "identifier": HOSTILE}
    for body in parts["aws_s3_bucket_public_access_block"].values():
        body["block_public_acls"] = False
    for body in parts["aws_cloudwatch_log_group"].values():
        del body["retention_in_days"]
    for body in parts["aws_vpc_security_group_ingress_rule"].values():
        body.pop("referenced_security_group_id", None)
        body["cidr_ipv4"] = "0.0.0.0/0"
    raw["variable"] = {"kept": {"type": "bool"}}
    (place / "cdk.tf.json").write_text(json.dumps(raw))
    shutil.copy(cdktf_out / "stacks" / "staging" / "origins.json", place)
    (folder / "waivers.yaml").write_text(WAIVERS)
    return folder


@pytest.fixture(scope="session")
def report(faulty: Path) -> Report:
    """What `planproof check` says of it."""
    return check((faulty / "cdktf.out",), as_of=DAY, folder=faulty)


@pytest.fixture(scope="session")
def address(faulty: Path, report: Report, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the report of the check, the evidence page and the bad pages are served."""
    folder = tmp_path_factory.mktemp("evidence") / "evidence"
    write((faulty / "cdktf.out",), folder, as_of=DAY, project=faulty)
    evidence = (folder / "index.html").read_text(encoding="utf-8")
    review = render_review(review_of_all(PLANS), "html")
    pages = {"report": render(report, "html"), "evidence": evidence, "review": review, "loud": LOUD, "wide": WIDE}
    printed = {f"{name}-on-paper": text.replace("@media print", "@media all") for name, text in pages.items()}
    with served(pages | printed) as found:
        yield found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They need Chromium; one worker starts it, one page at a time."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
