"""The text of a PDF that Chromium printed, page by page: what an auditor holds in the hand."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Mapping
from typing import Final

OBJECT: Final = re.compile(rb"(?:^|\n)(\d+) 0 obj\n")
STREAM: Final = re.compile(rb"stream\r?\n")
SHOWN: Final = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>")
PAIRS: Final = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES: Final = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
HEX: Final = re.compile(rb"<([0-9A-Fa-f]+)>")

Glyphs = Mapping[int, str]


def sheets(pdf: bytes) -> tuple[str, ...]:
    """The text of each page without any white space, in the order in which it was painted; ligatures as letters."""
    parts = dict(_objects(pdf))
    pages = [head for head, _ in parts.values() if re.search(rb"/Type /Page\b", head)]
    return tuple("".join(unicodedata.normalize("NFKC", _painted(head, parts)).split()) for head in pages)


def _objects(pdf: bytes) -> Iterator[tuple[int, tuple[bytes, bytes]]]:
    """Number, dictionary and stream of each object."""
    for found in OBJECT.finditer(pdf):
        end = pdf.find(b"endobj", found.end())
        stream = STREAM.search(pdf, found.end(), end)
        head = pdf[found.end() : stream.start() if stream else end]
        length = re.search(rb"/Length (\d+)", head)
        body = pdf[stream.end() : stream.end() + int(length[1])] if stream and length else b""
        yield int(found[1]), (head, zlib.decompress(body) if b"/FlateDecode" in head else body)


def _painted(page: bytes, parts: Mapping[int, tuple[bytes, bytes]]) -> str:
    contents = re.search(rb"/Contents (\d+) 0 R", page)
    assert contents, page
    fonts = {name: _glyphs(parts, int(number)) for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", page)}
    text: list[str] = []
    glyphs: Glyphs = {}
    for font, codes in SHOWN.findall(parts[int(contents[1])][1]):
        if font:
            glyphs = fonts[font]
        else:
            text.extend(glyphs.get(int(codes[at : at + 4], 16), "") for at in range(0, len(codes), 4))
    return "".join(text)


def _glyphs(parts: Mapping[int, tuple[bytes, bytes]], font: int) -> Glyphs:
    """What the glyphs of a font mean: ISO 32000-1, 9.10.3, ToUnicode CMaps."""
    named = re.search(rb"/ToUnicode (\d+) 0 R", parts[font][0])
    meaning = parts[int(named[1])][1] if named else b""
    found: dict[int, str] = {}
    for block in PAIRS.findall(meaning):
        codes = HEX.findall(block)
        found |= {int(code, 16): _text(value) for code, value in zip(codes[::2], codes[1::2], strict=True)}
    for block in RANGES.findall(meaning):
        codes = HEX.findall(block)
        for first, last, value in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            start = int(value, 16)
            found |= {code: chr(start + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
    return found


def _text(value: bytes) -> str:
    return bytes.fromhex(value.decode()).decode("utf-16-be")
