"""Which check a wrong name belongs to: each has exactly one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.names import callee, last_name
from linter.project.queries import methods
from linter.project.queries.verdicts import Fault, Status, Verdict, Vocabulary
from linter.project.units import FunctionSymbol, ValueSymbol

if TYPE_CHECKING:
    from linter.project.models.model import Model, Reverse
    from linter.project.queries import Site

PATHS = frozenset({Vocabulary.FILTER, Vocabulary.VALUE, Vocabulary.ORDER})
_COLUMNS = frozenset({Vocabulary.UPDATE, Vocabulary.COLUMNS, Vocabulary.LETTERS})
WRITTEN = _COLUMNS | {Vocabulary.WRITE}
_PROPERTIES = frozenset({"property", "cached_property"})


def kind_of(site: Site) -> str:
    """The check that a name belongs to, "" where it is no mistake."""
    verdict, vocabulary = site.verdict, site.vocabulary
    if verdict.status is not Status.INVALID:
        return ""
    if vocabulary is Vocabulary.WRITE:
        return "direct-many-to-many-assignment" if verdict.why is Fault.MANY else "unknown-written-field"
    if vocabulary in _COLUMNS:
        return "unknown-update-field" if site.method != "in_bulk" else "unknown-lookup-field"
    if verdict.model is not None and vocabulary in PATHS and queried_as(verdict.model, site.wrong) is not None:
        return "reverse-name-mixup"
    if verdict.model is not None and vocabulary is not Vocabulary.SELECT and is_computed(verdict.model, site.wrong):
        return "property-in-query"
    if vocabulary is Vocabulary.FILTER:
        return "unknown-lookup-field" if verdict.model is not None else "unsupported-lookup"
    if vocabulary is Vocabulary.SELECT:
        return "invalid-select-related"
    if vocabulary is Vocabulary.PREFETCH:
        mixed = verdict.model is not None and read_as(verdict.model, site.wrong) is not None
        return "reverse-name-mixup" if mixed else "invalid-prefetch-related"
    if vocabulary is Vocabulary.ORDER or site.method in methods.ORDERS:
        return "unknown-order-by"
    if vocabulary is Vocabulary.ONLY or site.method in methods.VALUES:
        return "unknown-values-field"
    return "unknown-lookup-field"


def queried_as(model: Model, name: str) -> Reverse | None:
    """The reverse relation that instances know by a name that queries do not know."""
    found = model.accessors.get(name)
    if found is not None:
        return found if found.query_name != name and not found.query_name.endswith("+") else None
    return _guessed(model, name)


def read_as(model: Model, name: str) -> Reverse | None:
    """The reverse relation that queries know by a name that instances do not know."""
    found = model.query_names.get(name) or _guessed(model, name)
    return found if found is not None and found.accessor and found.accessor != name else None


def _guessed(model: Model, name: str) -> Reverse | None:
    """`book_set`, where the only relation from `Book` has a name of its own."""
    guesses = [r for r in model.reverse if name == f"{r.model.model_name}_set" and not r.query_name.endswith("+")]
    return guesses[0] if len(guesses) == 1 else None


def is_guess(model: Model, name: str) -> bool:
    return name not in model.accessors and name not in model.query_names


def is_computed(model: Model, name: str) -> bool:
    """Whether a name is a method or property of a model's class."""
    return computed(model, name) != ""


def computed(model: Model, name: str) -> str:
    """What a name is that a class of the model computes: "property", "method", "" where it does not."""
    symbol = model.member(name)
    if isinstance(symbol, FunctionSymbol):
        decorators = [callee(d) for d in symbol.node.decorators]
        names = {d.id if isinstance(d, s.Name) else d.name for d in decorators if isinstance(d, (s.Name, s.Attr))}
        return "property" if any(n.endswith("property") for n in names) else "method"
    if isinstance(symbol, ValueSymbol) and isinstance(symbol.value, s.Call):
        func = symbol.value.func
        called = last_name(func)
        return "property" if called in _PROPERTIES else ""
    return ""


def wrong_part(name: str, verdict: Verdict) -> str:
    """The part of a name that does not fit."""
    if verdict.why is not None:  # no path
        return name
    parts = name.removeprefix("-").split("__")
    return parts[verdict.part] if verdict.part < len(parts) else name
