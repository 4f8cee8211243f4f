"""What the handlers remember: tables by account, region and kind, and fresh identifiers.

Most state lives in moto's own backends; a table here holds only what moto has no
place for. A reset empties both.
"""

from __future__ import annotations

import itertools
import threading
import uuid
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

Table = dict[str, Any]

_NAMESPACE: Final = uuid.UUID("6f1d9f0a-6f4e-5c1b-9a53-0d7a3a0f7c11")


class Store:
    """Tables for one emulated AWS; `lock` is held by whoever reads and writes them."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.lock = threading.RLock()
        self.clock = clock
        self._tables: dict[tuple[str, str, str], Table] = {}
        self._serial = itertools.count(1)

    def table(self, account: str, region: str, kind: str) -> Table:
        """Give the table of this kind; it is empty at first."""
        with self.lock:
            return self._tables.setdefault((account, region, kind), {})

    def fresh_id(self) -> str:
        """Give a UUID that was not given before; the same run gives the same ones."""
        return str(uuid.uuid5(_NAMESPACE, str(next(self._serial))))

    def clear(self) -> None:
        """Forget everything, but never give an identifier twice."""
        with self.lock:
            self._tables.clear()
