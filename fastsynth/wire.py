"""The line to the Node process: whole lines, both ways, and what is said when the process is gone.

What is written never waits for the process to read it, nor the process for
ever for its answers to be read: the rest is kept here and sent with what
follows, so neither side can wait for the other.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
from collections import deque
from typing import TYPE_CHECKING, Final, NoReturn

from fastsynth.messages import refuse
from fastsynth.node import EXIT_CODE_TOO_OLD, HOW_TO_GET_NODE

if TYPE_CHECKING:
    from fastsynth.node import Kernel

PIECE_BYTES: Final = 1_048_576
SECONDS_TO_END: Final = 60  # the first use of a provider ends with jsii writing its index of it


class Wire:
    """A running Node and the socket it reads requests from and writes answers to."""

    def __init__(self, kernel: Kernel) -> None:
        self.pid = kernel.pid
        self._socket = kernel.socket
        self._owner = os.getpid()
        self._unsent = bytearray()
        self._lines: deque[bytes] = deque()
        self._rest = b""

    @property
    def ours(self) -> bool:
        """Whether the process runs and belongs to this one, not to the one that this is a copy of."""
        return self.pid != 0 and self._owner == os.getpid()

    def write(self, line: bytes) -> None:
        """Send a line, or as much as the process has room for."""
        self._unsent += line
        self._send()

    def read(self) -> bytes:
        """Wait for the next line and return it, without its end."""
        while not self._lines:
            if self._unsent:
                readable, writable, _ = select.select([self._socket], [self._socket], [])
                if writable:
                    self._send()
                if not readable:
                    continue
            self._receive(0)
        return self._lines.popleft()

    def arrived(self) -> bool:
        """Tell whether a line can be read without waiting."""
        if not self._lines:
            with contextlib.suppress(BlockingIOError):
                self._receive(socket.MSG_DONTWAIT)
        return bool(self._lines)

    def end(self, goodbye: bytes) -> None:
        """Say goodbye and wait for the process to finish; one that does not is terminated."""
        self._socket.settimeout(SECONDS_TO_END)
        try:
            self._socket.sendall(self._unsent + goodbye)
            while self._socket.recv(65_536):
                pass
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)
        except OSError:  # it is gone already
            pass
        self._reap()

    def _send(self) -> None:
        try:
            sent = self._socket.send(self._unsent, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            self._lost()
        del self._unsent[:sent]

    def _receive(self, how: int) -> None:
        try:
            more = self._socket.recv(PIECE_BYTES, how)
        except ConnectionError:
            more = b""
        if not more:
            self._lost()
        *lines, self._rest = (self._rest + more).split(b"\n")
        self._lines.extend(lines)

    def _reap(self) -> int:
        pid, self.pid = self.pid, 0
        self._socket.close()
        with contextlib.suppress(ChildProcessError):
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        return 0

    def _lost(self) -> NoReturn:
        code = self._reap()
        if code == EXIT_CODE_TOO_OLD:
            refuse("CDKTF cannot run", "the Node that was found is too old", hint=HOW_TO_GET_NODE)
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
        refuse(
            "synthesis stopped: the jsii process (Node) is gone",
            f"it {how} before everything was synthesised",
            hint="what is in the output folder is incomplete; run again, with more memory if it was SIGKILL",
        )
