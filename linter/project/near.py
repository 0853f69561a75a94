"""Did you mean: names that are like a wrong one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PREFIXES = re.compile(r"^(?:is|has|get|can|was)_")


def near(name: str, known: Iterable[str]) -> list[str]:
    """At most a few of the known names, the likeliest first: `read` for `is_read`, `author` for `auhtor`."""
    from difflib import get_close_matches

    names = sorted(set(known) - {name})
    bare = _PREFIXES.sub("", name)
    same = [other for other in names if _PREFIXES.sub("", other) == bare]
    return list(dict.fromkeys([*same, *get_close_matches(name, names, 3, 0.8)]))
