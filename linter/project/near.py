"""Did you mean: names that are like a wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PREFIXES = re.compile(r"^(?:is|has|get|can|was)_")


def near(name: str, known: Iterable[str]) -> list[str]:
    """At most a few of the known names, the likeliest first: `read` for `is_read`, `author` for `auhtor`, `id` for `ID`."""
    from difflib import get_close_matches

    names = sorted(set(known) - {name})
    lower: dict[str, list[str]] = {}
    for other in names:
        lower.setdefault(other.lower(), []).append(other)
    bare = _PREFIXES.sub("", name.lower())
    same = [other for other in names if _PREFIXES.sub("", other.lower()) == bare]
    close = (other for match in get_close_matches(name.lower(), lower, 3, 0.8) for other in lower[match])
    return list(dict.fromkeys([*same, *close]))
