"""One line on a terminal while a run is long, rewritten in place and wiped away at the end."""

from __future__ import annotations

import time
from typing import TextIO

QUIET = 1.0  # seconds that a run may take without a word
EVERY = 0.1


class Progress:
    """Called with (done, all)."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.next = time.monotonic() + QUIET
        self.shown = False

    def __call__(self, done: int, every: int) -> None:
        now = time.monotonic()
        if done >= every and self.shown:
            self.write("")
            self.shown = False
        elif done < every and now >= self.next:
            self.write(f"ormlint: {done:,} of {every:,} files read")
            self.next, self.shown = now + EVERY, True

    def write(self, text: str) -> None:
        self.stream.write(f"\r\x1b[K{text}")
        self.stream.flush()
