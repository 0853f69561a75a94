"""What `inspect` understood, as plain text for people: one line for each record, one indented line for each part of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_TITLES = {
    "models": ("label", "class"),
    "tables": ("name",),
    "mappers": ("class",),
    "signals": ("signal",),
    "queries": ("name",),
    "templates": ("name",),
}
_HIDDEN = frozenset({"path", "line", "column"})
_NOTHING: tuple[Any, ...] = (None, False, "", [])  # what goes without saying


def table(what: str, records: list[dict[str, Any]], width: int | None) -> str:
    """`width` is the terminal's, None where there is none and lines may be as long as they are."""
    lines = [line for record in records for line in _record(what, record)]
    lines.append(f"{len(records):,} {what}")
    cut = width or 1_000_000
    return "".join(f"{line if len(line) <= cut else line[: cut - 1] + chr(0x2026)}\n" for line in lines)


def _record(what: str, record: dict[str, Any]) -> Iterator[str]:
    title = next((str(record[key]) for key in _TITLES[what] if record.get(key)), "?")
    place = ":".join(str(record[key]) for key in ("path", "line") if key in record)
    plain = [
        _pair(key, value)
        for key, value in record.items()
        if key not in _HIDDEN and value != title and not isinstance(value, list) and value not in _NOTHING
    ]
    yield f"{place}  {title}  {' '.join(plain)}".rstrip()
    for key, value in record.items():
        if isinstance(value, list) and value:
            yield from _parts(key, value)


def _pair(key: str, value: Any) -> str:
    return key if value is True else f"{key}={value}"


def _parts(key: str, values: list[Any]) -> Iterator[str]:
    if not isinstance(values[0], dict):
        yield f"    {key}: {', '.join(map(str, values))}"
        return
    yield f"    {key}:"
    for value in values:
        first, *rest = ((k, v) for k, v in value.items() if k not in _HIDDEN and v not in _NOTHING)
        yield f"        {first[1]}  {' '.join(_pair(k, v) for k, v in rest)}".rstrip()
