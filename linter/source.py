"""One file as it is read: its bytes, its text, and how to write it back unchanged but for the edits."""

from __future__ import annotations

import codecs
import io
import tokenize
from functools import cached_property

import msgspec

from linter.span import Lines

# A file larger than this is data, not source: 5 MB one-line files exist and are read; beyond it nothing is learnt.
LARGEST = 16 * 1024 * 1024


class Unreadable(Exception):
    """The file cannot be read as text; the message is one clear line for the user."""


class Changed(Exception):
    """The file is no longer what was read of it at first; the message is one clear line for the user."""


class Source(msgspec.Struct, frozen=True, dict=True):
    """A file's text under its project-relative, `/`-separated path."""

    path: str
    text: str
    encoding: str = "utf-8"

    @cached_property
    def data(self) -> bytes:
        """The text as UTF-8: what parsers read and what spans count in."""
        return self.text.encode("utf-8", "surrogatepass")

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.data)

    def encode(self, text: str) -> bytes:
        """`text` in this file's own encoding, byte-order mark included."""
        return text.encode(self.encoding)


def decode(path: str, raw: bytes) -> Source:
    """Decode a file as Python would (byte-order mark, coding line), any other kind of file as UTF-8.

    Raises Unreadable for bytes that are no text in that encoding.
    """
    if len(raw) > LARGEST:
        raise Unreadable(f"larger than {LARGEST // (1024 * 1024)} MiB")
    if b"\0" in raw[:4096] and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("contains NUL bytes")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable("is UTF-16, which Python does not read")
    encoding = "utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-8"
    if path.endswith((".py", ".pyi")) and b"coding" in raw[:400]:
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        except SyntaxError as error:
            raise Unreadable(str(error)) from None
    try:
        return Source(path, raw.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(f"is not {encoding} text (byte {error.start})") from None
