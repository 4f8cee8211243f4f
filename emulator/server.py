"""The listening server: an emulated AWS at a host and port of this process."""

from __future__ import annotations

import logging
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, make_server

from emulator import services, upstream
from emulator.app import EmulatorApp

if TYPE_CHECKING:
    from collections.abc import Iterator


class QuietRequestHandler(MotoRequestHandler):
    """moto's request handler without a line for each request: the log of calls has them."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def url_of(server: BaseWSGIServer) -> str:
    """Give the URL that clients use."""
    return f"http://{server.host}:{server.port}"


@contextmanager
def serving(*, host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """Serve an empty AWS while the block runs, and give its URL; port 0 is any free port.

    Raises `OSError` when the address cannot be had.
    """
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    application = EmulatorApp(services.load(), partial(datetime.now, UTC))
    server = make_server(host, port, application, threaded=True, request_handler=QuietRequestHandler)
    thread = threading.Thread(target=server.serve_forever, name="emulator", daemon=True)
    thread.start()
    threading.Thread(target=upstream.warm_up, name="warm-up", daemon=True).start()
    try:
        yield url_of(server)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
