"""What a call hands to the pattern that it reverses."""

from __future__ import annotations

from linter.facts import syntax as s

_OWN = frozenset({"to", "permanent", "preserve_request"})  # parameters of `redirect` and `resolve_url` themselves


def arguments_of(call: s.Call, last: str) -> tuple[int, frozenset[str]] | None:
    """How many arguments, and the names of keywords; None where that is not known, or where there are both."""
    if not call.is_exact:
        return None
    if last in ("redirect", "resolve_url"):
        count = len(call.args[1:])
        names = frozenset(keyword.name for keyword in call.keywords) - _OWN
        return None if count and names else (count, names)
    if len(call.args) > 1 or call.keyword("urlconf") is not None:
        return None
    args, kwargs = call.keyword("args"), call.keyword("kwargs")
    if args is not None and kwargs is None:
        is_known = isinstance(args, s.Seq) and not any(isinstance(item, s.Starred) for item in args.items)
        return (len(args.items), frozenset()) if is_known and isinstance(args, s.Seq) else None
    if kwargs is not None and args is None:
        is_known = isinstance(kwargs, s.Dict) and all(isinstance(key, s.Str) for key, _ in kwargs.items)
        if not is_known or not isinstance(kwargs, s.Dict):
            return None
        return 0, frozenset(key.value for key, _ in kwargs.items if isinstance(key, s.Str))
    return None if args is not None else (0, frozenset())
