"""What rules are proved on: the synthesized environments, and the project's own settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from planproof.document import Document
from planproof.proof import parsed
from planproof.settings import Settings, near

Configurations = dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def configurations(request: pytest.FixtureRequest) -> Configurations:
    """The raw JSON of every environment, as synthesised."""
    try:
        found: Configurations = request.getfixturevalue("synthesized")
    except pytest.FixtureLookupError:
        return {}
    return found


@pytest.fixture(scope="session")
def sound(configurations: Configurations) -> dict[str, Document]:
    """The same, parsed once for all proofs."""
    return parsed(configurations)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The project's planproof.yaml."""
    return near(Path(__file__).parents[3])
