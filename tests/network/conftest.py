"""The random networks of the connectivity proofs are judged here by the kernel too."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "planproof"))
