"""Pages served on loopback, alone and in frames of a given width, so that one start of a browser measures them all."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from . import chromium

MEASURE: Final = Path(__file__).with_name("measure.html").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Sight:
    """One page at one width: what is read, what sticks out, what is too pale; widths in CSS pixels."""

    width: int
    needed: int
    text: str
    dark: bool
    outside: tuple[str, ...]
    pale: tuple[str, ...]


@contextmanager
def served(pages: Mapping[str, str]) -> Iterator[str]:
    """The address below which the pages lie; `measure?page=NAME&width=N` frames them."""

    class Handler(BaseHTTPRequestHandler):
        """Answers with the pages and with nothing else."""

        def do_GET(self) -> None:
            """Give one page."""
            asked = urlsplit(self.path)
            name = asked.path.removeprefix("/")
            body = _frames(parse_qs(asked.query)) if name == "measure" else pages.get(name)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def seen(address: str, page: str, *widths: int, dark: bool = False) -> tuple[Sight, ...]:
    """How a page looks at each width."""
    asked = "&".join(f"width={width}" for width in widths)
    found = chromium.look(f"{address}measure?page={page}&{asked}", *([chromium.DARK] if dark else []))
    assert found.messages == (), found.messages
    measured = json.loads(unquote(found.dom.partition("<html>")[2].partition("</html>")[0]))
    return tuple(Sight(**{**one, "outside": tuple(one["outside"]), "pale": tuple(one["pale"])}) for one in measured)


def _frames(asked: Mapping[str, list[str]]) -> str:
    frames = (
        f'<iframe src="/{asked["page"][0]}" style="width: {width}px; height: 900px; border: 0"></iframe>'
        for width in asked["width"]
    )
    return MEASURE + "\n".join(frames)
