"""`python -m emulator --port 5755`: an AWS account on this machine until it is interrupted."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from typing import Final

from messages import UserError

_STDIN: Final = 0
_LAST_PORT: Final = 65_535
_ONE_ACCOUNT: Final = "MOTO_ACCOUNT_ID"


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m emulator", description="An AWS account on this machine.")
    parser.add_argument("--port", type=_port, default=5755, help="0 is any free port (default: %(default)s)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument(
        "--until-stdin-closes",
        action="store_true",
        help="stop when standard input ends, which it does when the process that holds it is gone",
    )
    return parser.parse_args(argv)


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {_LAST_PORT}, got {text!r}")
    return int(text)


def main(argv: list[str]) -> int:
    """Serve until SIGINT or SIGTERM; gives the exit code."""
    options = arguments(argv)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    os.environ.pop(_ONE_ACCOUNT, None)  # moto would put every access key into this one account
    from emulator.server import serving  # noqa: PLC0415 - after the signals: the import takes a second

    if options.until_stdin_closes:
        threading.Thread(target=_wait_for_end_of_input, args=(stopping,), daemon=True).start()
    try:
        with serving(host=options.host, port=options.port) as url:
            sys.stdout.write(f"{url}\n")
            sys.stdout.flush()
            stopping.wait()
    except OSError as error:
        problem = UserError(
            f"the emulator cannot listen on {options.host}:{options.port}",
            (error.strerror or str(error)).partition(" (while")[0],
            hint="stop what uses the port, or choose another: make emulator PORT=5756 (0 is any free one)",
        )
        sys.stderr.write(f"{problem}\n")
        return 2
    return 0


def _wait_for_end_of_input(stopping: threading.Event) -> None:
    # Not sys.stdin: its lock would be held by this thread when the interpreter ends.
    while os.read(_STDIN, 1024):
        pass
    stopping.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
