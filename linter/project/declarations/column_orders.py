"""What a column of the admin's list is sorted by when its head is clicked: `@admin.display(ordering="name")`, and
`column.admin_order_field = "name"`.

https://docs.djangoproject.com/en/stable/ref/contrib/admin/#django.contrib.admin.ModelAdmin.list_display
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.declarations.options import Item, Where
from linter.project.units import ClassSymbol, FunctionSymbol

if TYPE_CHECKING:
    from linter.project.declarations.classes import Classes
    from linter.project.models import Model

_DISPLAY = ("django.contrib.admin.display", "django.contrib.admin.decorators.display")
# Where these are given, other columns can be sorted by, or in another way.
_OWN_WAY = ("get_list_display", "get_sortable_by", "sortable_by", "get_ordering_field", "get_changelist")


class ColumnOrders:
    def __init__(self, classes: Classes) -> None:
        self.classes = classes
        self.names = classes.names
        self.options = classes.options

    def of(self, cls: ClassSymbol, model: Model) -> Iterator[tuple[str, Item]]:
        """The names that the columns of a list are sorted by, each with its column."""
        if self.classes.overrides(cls, *_OWN_WAY):
            return
        for column in self.options.listed(cls, "list_display").items:
            function = self._function(cls, model, column)
            if function is not None and not function.unit.is_library:
                where = Where(function.unit, function.owner)
                for given in self._orders(function):
                    if isinstance(given, s.Str):
                        yield function.node.name, Item(given, where)

    def _function(self, cls: ClassSymbol, model: Model, column: Item) -> FunctionSymbol | None:
        """The method or function that a column calls: the admin's own, else the model's."""
        if column.text is None:
            found = self.names.follow(self.names.resolve(column.where.unit, column.expr, column.where.owner))
        elif column.text in model.fields:
            return None
        else:
            found = self.names.attribute(cls, column.text, cls.unit) or model.member(column.text)
        return found if isinstance(found, FunctionSymbol) else None

    def _orders(self, function: FunctionSymbol) -> Iterator[s.Expr | None]:
        for decorator in function.node.decorators:
            if isinstance(decorator, s.Call):
                if self.names.full_name(function.unit, decorator.func, function.owner) in _DISPLAY:
                    yield decorator.keyword("ordering")
        block = function.owner.node.body if function.owner is not None else function.unit.module.body
        for node in block:
            if isinstance(node, s.Assign) and any(_is_order_of(target, function.node.name) for target in node.targets):
                yield node.value


def _is_order_of(target: s.Expr, name: str) -> bool:
    """`column.admin_order_field = …`"""
    if not isinstance(target, s.Attr) or target.name != "admin_order_field":
        return False
    return isinstance(target.value, s.Name) and target.value.id == name
