"""What Django itself hands to the functions that it calls: views, receivers, admin methods."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow import library, views
from linter.project.flow.names import is_django
from linter.project.flow.scopes import Activation
from linter.project.types import UNKNOWN, ClassType, LibraryThing, Type, members, union

if TYPE_CHECKING:
    from linter.project.flow import Flow


def parameter(flow: Flow, activation: Activation, param: s.Param, index: int) -> Type:
    """What a parameter is by the role of its function, where neither a caller nor an annotation says."""
    symbol = activation.symbol
    assert symbol is not None
    if param.name == "request" and param.kind == "":
        return library.request(flow)
    if param.name in ("instance", "sender") and symbol.node.decorators:
        sender = _sender(flow, activation)
        return sender if param.name == "sender" else flow.instance_of(sender)
    if symbol.owner is None:
        return UNKNOWN
    if param.name == "form" and symbol.node.name in ("form_valid", "form_invalid"):
        return views.form(flow, flow.receiver(activation))
    if param.name in ("queryset", "qs") and views.is_filter_set(flow, symbol.owner):
        return views.filtered_rows(flow, symbol.owner)
    if param.name in ("obj", "queryset"):
        return library.admin_parameter(flow, flow.receiver(activation), param.name)
    return UNKNOWN


def _sender(flow: Flow, activation: Activation) -> Type:
    """The model whose signals a function decorated with `@receiver(signal, sender=…)` is sent."""
    assert activation.symbol is not None
    scope = activation.outer or flow.module_scope(activation.unit)
    found: list[Type] = []
    for decorator in activation.symbol.node.decorators:
        if not isinstance(decorator, s.Call):
            continue
        function = flow.expression(scope, decorator.func)
        dotted = (
            function.dotted
            if isinstance(function, LibraryThing)
            else getattr(getattr(function, "symbol", None), "dotted", "")
        )
        if not is_django(dotted, "dispatch", "receiver"):
            continue
        sender = decorator.keyword("sender")
        if sender is None:
            return UNKNOWN
        found.append(library.model_class(flow, flow.expression(scope, sender)))
    result = union(*found) if found else UNKNOWN
    return result if all(isinstance(m, ClassType) for m in members(result)) else UNKNOWN
