"""The log of calls: who asked for what, and who answered."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

Source = Literal["handler", "moto", "fault", "missing"]


@dataclass(frozen=True)
class CallRecord:
    """One call; `params` is kept only for actions that change something."""

    service: str
    operation: str
    account: str
    region: str
    status: int
    source: Source
    error: str | None
    seconds: float
    params: Mapping[str, Any] | None


class CallLog:
    """Every call since the start or the last `clear`, in the order they were answered."""

    def __init__(self) -> None:
        self._records: list[CallRecord] = []
        self._lock = threading.Lock()

    def add(self, record: CallRecord) -> None:
        """Remember a call."""
        with self._lock:
            self._records.append(record)

    def records(self) -> tuple[CallRecord, ...]:
        """Give what was remembered."""
        with self._lock:
            return tuple(self._records)

    def clear(self) -> None:
        """Forget all calls."""
        with self._lock:
            self._records.clear()
