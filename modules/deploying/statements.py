"""The shape of what each part of a deployment may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Statements = Sequence[Mapping[str, Any]]
