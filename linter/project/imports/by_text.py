"""Classes that a call names by text: django-oscar's `get_class("catalogue.views", "ProductDetailView")`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s

if TYPE_CHECKING:
    from linter.project.names import Names
    from linter.project.units import Symbol, ValueSymbol

LOADING = "oscar.core.loading"


def loaded(names: Names, symbol: ValueSymbol, steps: int) -> Symbol | None:
    """The class that a name was bound to by such a call; None for any other value.

    An app of the project may override one of oscar's with classes of its own: those inherit from the one meant here."""
    call: s.Expr = symbol.value
    index: object = None
    if isinstance(call, s.Sub) and isinstance(call.index, s.Lit):
        index = call.index.value
        call = call.value
    if not isinstance(call, s.Call) or len(call.args) < 2 or not isinstance(call.args[0], s.Str):
        return None
    func = call.func
    name = func.id if isinstance(func, s.Name) else func.name if isinstance(func, s.Attr) else ""
    if name not in ("get_class", "get_classes"):
        return None
    function = names.name_of(names.resolve(symbol.unit, func, None, steps))
    wanted = call.args[1]
    if function == f"{LOADING}.get_classes" and isinstance(wanted, s.Seq) and isinstance(index, int):
        wanted = wanted.items[index] if 0 <= index < len(wanted.items) else s.Unknown()
    elif function != f"{LOADING}.get_class":
        return None
    return class_of(names, call.args[0].value, wanted.value) if isinstance(wanted, s.Str) else None


def class_of(names: Names, module: str, name: str) -> Symbol | None:
    return names.find(f"oscar.apps.{module}.{name}")
