"""What a check reports. Plain data: it crosses processes and is stored in the cache."""

from __future__ import annotations

from typing import Literal

import msgspec

from linter.span import Range

Severity = Literal["error", "warning", "info"]


class Place(msgspec.Struct, frozen=True, array_like=True, order=True):
    """A range in a file of the project; `path` is relative to the project root and uses `/`."""

    path: str
    range: Range


class Related(msgspec.Struct, frozen=True, array_like=True):
    """Another place that belongs to a finding, with a label such as "`Notification` is defined here"."""

    place: Place
    message: str


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """Replace the text at `place` by `text`."""

    place: Place
    text: str


class Fix(msgspec.Struct, frozen=True, array_like=True):
    """Edits against one baseline, applied together or not at all. `safe`: applied by --fix without further asking."""

    safe: bool
    edits: tuple[Edit, ...]
    title: str = ""


class Finding(msgspec.Struct, frozen=True, array_like=True):
    """One mistake at one place.

    `message` says what *is*, lower case, one clause; `runtime` is the text that the framework raises or logs ("" where it
    is silent); `help` is imperative.
    """

    rule: str
    group: str
    severity: Severity
    place: Place
    message: str
    runtime: str = ""
    help: str = ""
    related: tuple[Related, ...] = ()
    fix: Fix | None = None

    @property
    def path(self) -> str:
        return self.place.path

    @property
    def sort_key(self) -> tuple[str, Range, str, str]:
        return self.place.path, self.place.range, self.rule, self.message
