"""The listening server: an emulated AWS at a host and port of this process."""

from __future__ import annotations

import logging
import socket
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import make_server

from emulator import services, upstream
from emulator.app import EmulatorApp

if TYPE_CHECKING:
    from collections.abc import Iterator


class QuietRequestHandler(MotoRequestHandler):
    """moto's request handler without a line for each request: the log of calls has them."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def serving(*, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve an empty AWS while the block runs, and give its URL; port 0 is any free port.

    Raises `OSError` when the address cannot be had.
    """
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    application = EmulatorApp(services.load(), partial(datetime.now, UTC))
    # Bound here, because werkzeug would end the process when the address is taken.
    with socket.create_server((host, port)) as listening:
        server = make_server(
            host,
            listening.getsockname()[1],
            application,
            threaded=True,
            request_handler=QuietRequestHandler,
            fd=listening.fileno(),
        )
    thread = threading.Thread(target=server.serve_forever, name="emulator", daemon=True)
    thread.start()
    threading.Thread(target=upstream.warm_up, name="warm-up", daemon=True).start()
    try:
        yield f"http://{host}:{server.port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
