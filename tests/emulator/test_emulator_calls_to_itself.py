"""The pages of the emulator itself, which tests and people ask."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from emulator import remote
from tests.emulator.emulator_requests import ask


def test_body_may_come_in_pieces(url: str) -> None:
    """Some tools send a body without its length; it is read whole, so the connection stays usable."""
    pieces = [b'{"service": "ssm", ', b'"operation": "PutParameter", "times": 1}']
    with closing(http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)) as connection:
        connection.request("POST", "/_emulator/faults", body=iter(pieces), encode_chunked=True)
        response = connection.getresponse()
        fault = json.load(response)
        connection.request("DELETE", "/_emulator/faults")
        second = connection.getresponse().status

    assert (fault["service"], fault["operation"], second) == ("ssm", "PutParameter", 200)


def test_unknown_page_is_refused(url: str) -> None:
    """A misspelt page is an error with the name of the page."""
    found = ask(url, "GET", "/_emulator/nosuch")

    assert found == (404, {"message": "GET /_emulator/nosuch is no page of the emulator"})


def test_remote_tells_what_the_emulator_refuses(url: str) -> None:
    """The functions for tests fail loudly."""
    with pytest.raises(ValueError, match="is no page of the emulator"):
        remote._ask(url, "GET", "nosuch")  # noqa: SLF001 - the pages it names itself all exist


def test_health_names_moto(url: str) -> None:
    """Who asks learns that it is ready, and which moto answers."""
    assert ask(url, "GET", "/_emulator/health") == (200, {"status": "ready", "moto": "5.2.5"})
