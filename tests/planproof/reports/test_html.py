"""The page is one file that says every answer and runs nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from planproof.reports import render

if TYPE_CHECKING:
    from planproof.checking import Report


class Elements(HTMLParser):
    """Collects what a browser would load or run."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One element."""
        self.tags.add(tag)
        self.loads.extend(str(value) for name, value in attrs if name in {"src", "srcset"} or name.startswith("on"))
        if tag == "link":
            self.loads.append("link")


def test_html_is_one_file_that_runs_nothing(report: Report) -> None:
    """It can be mailed to an auditor: nothing is fetched, nothing of a resource is executed."""
    page = render(report, "html")
    seen = Elements()
    seen.feed(page)

    assert seen.loads == []
    assert "script" not in seen.tags
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not re.search(r"url\(|@import|\{\{|\{%|<built-in|Undefined", page)
    assert page.isprintable() or set(page) - {"\n"} <= {one for one in page if one.isprintable()}


def test_html_says_every_answer(small: Report) -> None:
    """The numbers on the page are the report's."""
    page = render(small, "html")

    for answer in ("fail", "pass", "undecided", "waived"):
        assert f'<li class="{answer}"><b>1</b> {answer}</li>' in page
    assert "staging is the configuration <code>cdktf.out/stacks/staging/cdk.tf.json</code>." in page
    assert "stacks/environment.py:41" in page
    assert "var.encrypted is given from outside" in page
    assert "Replaced in &lt;b&gt;sprint&lt;/b&gt; 12 | maybe." in page
