"""Faults on demand: an action that fails or is slow, as it may be on a bad day at AWS."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from emulator.handler import AwsError


@dataclass(frozen=True)
class Fault:
    """What happens to calls of one action.

    With a `code` the call fails with it and changes nothing; without one it is answered
    as usual. Either way it waits `seconds` first. `times` is how many calls are hit;
    none means all until the fault is cleared.
    """

    service: str
    operation: str
    code: str | None = None
    message: str = ""
    status: int = 400
    seconds: float = 0.0
    times: int | None = None

    @property
    def error(self) -> AwsError | None:
        """The error that the caller gets, if any."""
        return None if self.code is None else AwsError(self.code, self.message, self.status)


class Faults:
    """The faults now set, at most one for an action."""

    def __init__(self) -> None:
        self._faults: dict[tuple[str, str], Fault] = {}
        self._left: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()

    def set(self, fault: Fault) -> None:
        """Set a fault in place of an earlier one for the same action."""
        key = (fault.service, fault.operation)
        with self._lock:
            self._faults[key] = fault
            self._left.pop(key, None)
            if fault.times is not None:
                self._left[key] = fault.times

    def take(self, service: str, operation: str) -> Fault | None:
        """Give the fault that hits this call, and count the call."""
        key = (service, operation)
        with self._lock:
            fault = self._faults.get(key)
            if key in self._left:
                self._left[key] -= 1
                if self._left[key] <= 0:
                    del self._left[key], self._faults[key]
            return fault

    def all(self) -> tuple[Fault, ...]:
        """Give the faults now set, ordered by action."""
        with self._lock:
            return tuple(self._faults[key] for key in sorted(self._faults))

    def clear(self) -> None:
        """Let every action work again."""
        with self._lock:
            self._faults.clear()
            self._left.clear()
