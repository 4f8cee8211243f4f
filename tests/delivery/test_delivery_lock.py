"""The lock file of the Python packages: versions and hashes, never a host."""

from __future__ import annotations

import json
from pathlib import Path

from delivery import clean_lock


def test_a_lock_is_cleaned_of_its_index(tmp_path: Path) -> None:
    """Packages come from the index a team configured: the lock holds versions and hashes, never a host."""
    file = tmp_path / "Pipfile.lock"
    package = {"hashes": ["sha256:1"], "version": "==1.0"}
    sources = [{"name": "inside", "url": "https://index.example/simple", "verify_ssl": True}]
    file.write_text(
        json.dumps(
            {
                "_meta": {"hash": {"sha256": "2"}, "sources": sources},
                "default": {"a": {**package, "index": "inside"}, "b": package},
                "develop": {"c": {**package, "index": "inside"}},
            }
        )
    )

    clean_lock.main(file)

    assert json.loads(file.read_text()) == {
        "_meta": {"hash": {"sha256": "2"}, "sources": []},
        "default": {"a": package, "b": package},
        "develop": {"c": package},
    }


def test_the_committed_lock_is_clean() -> None:
    """Nobody's private index is published, and cleaning it again changes no byte."""
    text = clean_lock.FILE.read_text(encoding="utf-8")
    lock = json.loads(text)

    assert lock["_meta"]["sources"] == []
    assert [name for part in ("default", "develop") for name, package in lock[part].items() if "index" in package] == []
    assert "://" not in text
    assert clean_lock.clean(text) == text
