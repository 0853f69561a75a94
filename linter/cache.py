"""Small files that make the next run fast. Nothing here is ever needed: whatever is wrong with a file makes it a miss.

The folder may lie in a checkout that nobody trusts, so it holds data only (msgpack), each file under a checksum. Files are
replaced in one step, so that two runs at once, or one that is killed, leave an old file or a new one and never half of one.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Container, Iterator
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import msgspec

MAGIC = b"ormlint1"
STALE = 14 * 24 * 3600  # seconds after which what another version left is removed
ABANDONED = 3600  # and what a killed run was writing
LIBRARIES = ("tree_sitter", "tree_sitter_python", "libcst", "jinja2", "django", "msgspec")

T = TypeVar("T")


class Unwritable(Exception):
    """The cache cannot be written; the message is one clear line."""


def digest(*parts: bytes) -> bytes:
    """A short digest of some byte strings, each of which counts with its length."""
    state = blake2b(digest_size=16)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)
    return state.digest()


@cache
def tool_identity() -> bytes:
    """A digest of everything that decides what is read from a file and found in it: our own sources, the parsers, Python."""
    home = Path(__file__).resolve().parent.parent
    files = [*_sources(home / "linter"), *_sources(home / "checks"), *_library_files()]
    lines = [f"{path} {found.st_mtime_ns} {found.st_size}" for path in files if (found := os.stat(path))]
    return digest(repr(sys.version_info[:2]).encode(), *(line.encode("utf-8", "replace") for line in lines))


def _sources(folder: Path) -> Iterator[str]:
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as found:
            for entry in sorted(found, key=lambda e: e.name):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        waiting.append(entry.path)
                else:
                    yield entry.path


def _library_files() -> Iterator[str]:
    """The folders that the libraries were installed into: installing another version touches them."""
    for name in LIBRARIES:
        spec = find_spec(name)
        if spec is not None and spec.origin:
            yield spec.origin
            yield os.path.dirname(os.path.dirname(spec.origin))


class Cache:
    """The cache of one project in one folder. `name` sets apart what must not be mixed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self, name: str, kind: type[T]) -> T | None:
        """What was saved under a name, None where there is nothing usable."""
        blob = self.read(name)
        if blob is None:
            return None
        try:
            return msgspec.msgpack.decode(blob, type=kind)
        except (msgspec.DecodeError, ValueError, RecursionError):
            return None

    def read(self, name: str) -> memoryview | None:
        try:
            blob = memoryview((self.folder / name).read_bytes())
        except OSError:
            return None
        head = len(MAGIC) + 4
        if blob[: len(MAGIC)] != MAGIC or int.from_bytes(blob[len(MAGIC) : head], "little") != zlib.crc32(blob[head:]):
            return None
        return blob[head:]

    def save(self, name: str, *parts: bytes) -> None:
        """Replace a file. Raises Unwritable."""
        import tempfile

        checksum = 0
        for part in parts:
            checksum = zlib.crc32(part, checksum)
        try:
            self.prepare()
            handle, temporary = tempfile.mkstemp(dir=self.folder, prefix="new-")
            try:
                with open(handle, "wb") as file:
                    file.writelines((MAGIC, checksum.to_bytes(4, "little"), *parts))
                os.replace(temporary, self.folder / name)
            except BaseException:
                os.unlink(temporary)
                raise
        except OSError as error:
            raise Unwritable(f"the cache cannot be written: {error.strerror or error}") from None

    def prepare(self) -> None:
        """The folder, with a note to git and to backup programs that it is of no worth."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name, text in _NOTES.items():
            note = self.folder / name
            if not note.exists():
                note.write_text(text, encoding="utf-8")

    def prune(self, used: Container[str] = ()) -> None:
        """Remove what other versions, other options or killed runs left behind long ago."""
        now = time.time()
        try:
            for entry in os.scandir(self.folder):
                if entry.name in _NOTES or entry.name in used:
                    continue
                if now - entry.stat().st_mtime > (ABANDONED if entry.name.startswith("new-") else STALE):
                    os.unlink(entry.path)
        except OSError:
            return  # another run is at it


_NOTES = {
    ".gitignore": "*\n",
    "CACHEDIR.TAG": "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of ormlint: it can be removed at any time.\n",
}


def clean(folder: Path) -> bool:
    """Remove a cache folder; False where there is none. A folder that is no cache of ours is left alone."""
    import shutil

    if not (folder / "CACHEDIR.TAG").is_file() or folder.is_symlink():
        return False
    shutil.rmtree(folder)
    return True
