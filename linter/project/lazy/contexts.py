"""The rows that a template's context holds under a name."""

from __future__ import annotations

from collections.abc import Iterable

from linter.facts import syntax as s
from linter.project.flow import definitions as d
from linter.project.flow import views
from linter.project.flow.attributes import called_name
from linter.project.flow.scopes import Activation, Scope, Written
from linter.project.lazy.origins import Rows, Tracer, distinct
from linter.project.types import Function, Instance, members
from linter.project.units import FunctionSymbol


class ContextTracer(Tracer):
    def named(self, expr: s.Expr, scope: Scope, name: str) -> list[Rows]:
        """The rows that a dict holds under a name."""
        return self.once(expr, scope, lambda: self._named(expr, scope, name), name)

    def _named(self, expr: s.Expr, scope: Scope, name: str) -> list[Rows]:
        if isinstance(expr, s.Name):
            definition = scope.env.get(expr.id)
            return self._named_in(definition, scope.activation, name) if definition is not None else []
        if isinstance(expr, s.Dict):
            return self._item_of(expr, scope, name)
        if isinstance(expr, s.Op) and expr.op in ("|", "or"):
            return [rows for operand in expr.operands for rows in self.named(operand, scope, name)]
        if isinstance(expr, s.Cond):
            return [*self.named(expr.body, scope, name), *self.named(expr.orelse, scope, name)]
        return self._named_by_call(expr, scope, name) if isinstance(expr, s.Call) else []

    def _item_of(self, expr: s.Dict, scope: Scope, name: str) -> list[Rows]:
        found: list[Rows] = []
        for key, value in expr.items:
            if key is None:
                found = self.named(value, scope, name) or found
            elif isinstance(key, s.Str) and key.value == name:
                found = self.rows(value, scope)
        return found

    def _named_in(self, definition: d.Definition, activation: Activation, name: str) -> list[Rows]:
        scope = Scope(activation, definition.env)
        if isinstance(definition, d.Assigned):
            return self.named(definition.expr, scope, name)
        if isinstance(definition, d.WithItem) and isinstance(definition.key, s.Str) and definition.key.value == name:
            return self.defined(definition.value, activation)
        if isinstance(definition, d.Mutated) and called_name(definition.call) == "update":
            found = self._given(definition.call, scope, name)
            return found or self._named_in(definition.before, activation, name)
        if isinstance(definition, (d.Changed, d.Narrowed)):
            return self._named_in(definition.before, activation, name)
        if isinstance(definition, d.Joined):
            options = definition.options
            return self.once(definition, scope, lambda: self._named_in_any(options, activation, name), name)
        if isinstance(definition, d.Parameter):
            given = activation.arguments.get(definition.param.name)
            return self.named(given.expr, given.scope, name) if isinstance(given, Written) else []
        return []

    def _named_in_any(self, options: Iterable[d.Definition], activation: Activation, name: str) -> list[Rows]:
        return distinct(rows for option in options for rows in self._named_in(option, activation, name))

    def _given(self, call: s.Call, scope: Scope, name: str) -> list[Rows]:
        """`dict(…)`, `update(…)`."""
        value = call.keyword(name)
        if value is not None:
            return self.rows(value, scope)
        spread = (*call.args, *(keyword.value for keyword in call.keywords if not keyword.name))
        return [rows for argument in spread for rows in self.named(argument, scope, name)]

    def _named_by_call(self, call: s.Call, scope: Scope, name: str) -> list[Rows]:
        if isinstance(call.func, s.Name) and call.func.id == "locals":
            definition = scope.env.get(name)
            return self.defined(definition, scope.activation) if definition is not None else []
        if isinstance(call.func, s.Name) and call.func.id == "dict":
            return self._given(call, scope, name)
        found: list[Rows] = []
        for callee in members(self.flow.expression(scope, call.func)):
            if isinstance(callee, Function) and not callee.symbol.unit.is_library:
                for expr, inner in self.results(callee, call, scope):
                    found.extend(self.named(expr, inner, name))
            elif called_name(call) == "get_context_data" and isinstance(scope.activation.receiver, Instance):
                found.extend(self._given(call, scope, name) or self._of_list_view(scope.activation.receiver, name))
        return distinct(found)

    def of_context(self, view: Instance, name: str) -> list[Rows]:
        """What a generic view gives its template under a name."""
        symbol = self.flow.names.attribute(view.symbol, "get_context_data", view.symbol.unit)
        if isinstance(symbol, FunctionSymbol) and not symbol.unit.is_library:
            activation = self.flow.activation(symbol, view)
            return distinct(r for expr, inner in self.returned(activation) for r in self.named(expr, inner, name))
        return self._of_list_view(view, name)

    def _of_list_view(self, view: Instance, name: str) -> list[Rows]:
        if not views.view_bases(self.flow, view.symbol) & views.MULTIPLE:
            return []
        rows = self.flow.attribute_or_unknown(view, "object_list")
        is_list = name in ("object_list", "page_obj", *views.names_of(self.flow, view, rows, "_list"))
        return self.of_view(view) if is_list else []
