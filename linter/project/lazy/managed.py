"""Django: foreign keys and related managers of a queryset's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.facts import syntax as s
from linter.project.flow import querysets
from linter.project.flow.managers import is_plain
from linter.project.flow.scopes import Scope
from linter.project.lazy.loops import Reading
from linter.project.lazy.origins import Query, chain, is_followed
from linter.project.types import ClassType, ModelInstance, QuerySet
from linter.project.units import ClassSymbol, External

if TYPE_CHECKING:
    from linter.project.flow import Flow
    from linter.project.models import Model

Found = tuple[Query, str, str, int]  # where the query stands, whose rows, what to add there, the part of the path

# Methods that leave it to the rows what they load.
_PLAIN = frozenset({
    "filter", "exclude", "order_by", "all", "distinct", "using", "reverse", "annotate", "alias", "select_for_update",
    "complex_filter", "iterator", "only", "defer",
})  # fmt: skip
_ONCE = frozenset({"foreign_key", "one_to_one"})
# What a related manager answers from what was prefetched.
_ANSWERED = (("all",), ("count",), ("exists",))


class _Origin(NamedTuple):
    query: Query
    joined: frozenset[tuple[str, ...]]
    prefetched: frozenset[str]


def repeated(flow: Flow, model: Model, reading: Reading, rows: s.Expr, scope: Scope) -> Found | None:
    origin = _origin(flow, model, rows, scope)
    if origin is None:
        return None
    current: Model | None = model
    for depth, name in enumerate(reading.path):
        if current is None or name in origin.prefetched:
            return None
        to = _to_one(current, name)
        path = reading.path[: depth + 1]
        if to is None:
            is_asked = _is_asked(current, name, reading, depth)
            return (origin.query, model.name, f'prefetch_related("{"__".join(path)}")', depth) if is_asked else None
        if path not in origin.joined:
            return origin.query, model.name, f'select_related("{"__".join(path)}")', depth
        current = to
    return None


def _to_one(model: Model, name: str) -> Model | None:
    """The model of the one row that a relation leads to."""
    field = model.fields.get(name)
    if field is not None:
        plain = field.field_class.kind in _ONCE and _is_of_django(field.type_symbol)
        return field.related if plain and not field.is_parent_link else None
    return None


def _is_of_django(cls: ClassSymbol | External) -> bool:
    """A field of another library may have a way of its own to its row."""
    return is_plain(cls) if isinstance(cls, ClassSymbol) else cls.dotted.startswith("django.")


def _is_asked(model: Model, name: str, reading: Reading, depth: int) -> bool:
    """Whether rows are asked of a related manager: `author.books.all()`, and nothing that narrows them."""
    field = model.fields.get(name)
    if field is not None and field.field_class.kind != "many_to_many":
        return False
    reverse = model.accessors.get(name) if field is None else None
    if field is None and (reverse is None or reverse.is_single):
        return False
    asked = (*reading.path[depth + 1 :], *reading.followed_by)
    return asked in _ANSWERED


def _origin(flow: Flow, model: Model, rows: s.Expr, scope: Scope) -> _Origin | None:
    """The query that a loop's rows come from; None where it is not known, or may load more than it says."""
    joined: set[tuple[str, ...]] = set()
    prefetched: set[str] = set()
    called: list[str] = []
    query: Query | None = None
    last, where = rows, scope
    for expr, place in chain(flow, rows, scope):
        last, where = expr, place
        if not isinstance(expr, s.Call) or not isinstance(expr.func, s.Attr) or is_followed(flow, expr, place):
            continue
        method = expr.func.name
        called.append(method)
        query = query or Query(place, expr.at)
        if method in ("select_related", "prefetch_related"):
            names = _names(expr)
            if not names:
                return None  # all of them, or not known
            for parts in (name.split("__") for name in names):
                if method == "select_related":
                    joined.update(tuple(parts[:end]) for end in range(1, len(parts) + 1))
                else:
                    prefetched.add(parts[0])
        elif method not in _PLAIN:
            return None
    if not isinstance(last, s.Attr) or query is None:
        return None
    manager = flow.expression(where, last)
    if not isinstance(manager, QuerySet) or not manager.is_manager or manager.is_open or manager.model is not model:
        return None
    if any(querysets.own_attribute(flow, manager, name) is not None for name in (*called, "get_queryset")):
        return None
    known = _known(flow, last, where)
    return _Origin(query, frozenset(joined), frozenset(prefetched | known)) if known is not None else None


def _names(call: s.Call) -> list[str] | None:
    """The paths that a call names, None where they are not all plain texts."""
    found: list[str] = []
    for argument in call.args:
        if isinstance(argument, s.Call) and argument.args:  # Prefetch("books", …)
            argument = argument.args[0]
        if not isinstance(argument, s.Str):
            return None
        found.append(argument.value)
    return found if not call.keywords else None


def _known(flow: Flow, manager: s.Attr, scope: Scope) -> frozenset[str] | None:
    """The relations that need no query as the rows come through them: `author.books.all()` knows each book's author."""
    owner = flow.expression(scope, manager.value)
    if isinstance(owner, ClassType):
        return frozenset()
    if isinstance(owner, ModelInstance):
        reverse = owner.model.accessors.get(manager.name)
        if reverse is not None:
            return frozenset({reverse.field.name})
        return frozenset() if manager.name in owner.model.fields else None
    return None
