"""Relations that a serializer reads of each row of a list, where every read is a query of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.declarations.nested import Nested, Read
from linter.project.flow.scopes import Scope
from linter.project.imports.modules import is_test
from linter.project.lazy import Repeated, merged, remedy
from linter.project.lazy.origins import Rows, Tracer
from linter.project.models import Model
from linter.project.types import ClassType, Instance
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project.declarations import Declarations

_LISTING = ("rest_framework.mixins.ListModelMixin",)
# Methods after which a view may show other rows, or in another way, than its class says.
_OWN_WAY = ("list", "get", "get_serializer_class", "get_serializer")


class SerializedFinder:
    def __init__(self, declarations: Declarations) -> None:
        self.declarations = declarations
        self.classes = declarations.classes
        self.project = declarations.project
        self.nested = Nested(declarations)

    def in_file(self, path: str) -> Iterator[Repeated]:
        unit = self.project.unit(path)
        if unit is None or is_test(path):
            return
        module = bytes(unit.facts.module)
        found: list[Repeated] = []
        if b"erializer" in module:
            if b"queryset" in module:
                found.extend(each for cls in self.classes.declaring(unit) for each in self._of_view(cls))
            if unit.holds("many"):
                found.extend(self._of_calls(unit))
        yield from merged([each for each in found if each.query.path == path])

    def _of_view(self, cls: ClassSymbol) -> Iterator[Repeated]:
        """A generic view that lists rows."""
        if not self.classes.is_below(cls, *_LISTING) or self.classes.overrides(cls, *_OWN_WAY):
            return
        view = Instance(cls)
        kind = self.project.flow.attribute_or_unknown(view, "serializer_class")
        if isinstance(kind, ClassType) and self.nested.is_serializer(kind.symbol):
            yield from self._judge(Tracer(self.project.flow).of_view(view), kind.symbol)

    def _of_calls(self, unit: Unit) -> Iterator[Repeated]:
        """`BookSerializer(books, many=True)`."""
        flow = self.project.flow
        for call, scope in flow.unit_calls(unit, lambda text: b"many" in text):
            many = call.keyword("many")
            if not isinstance(many, s.Lit) or many.value is not True or not call.args or _is_replaced(call, scope):
                continue
            kind = flow.expression(scope, call.func)
            function = scope.activation.symbol
            if isinstance(kind, ClassType) and function is not None and self.nested.is_serializer(kind.symbol):
                if self.project.serving.endpoint_of(function) is not None:
                    yield from self._judge(Tracer(flow).rows(call.args[0], scope), kind.symbol)

    def _judge(self, found: list[Rows], cls: ClassSymbol) -> Iterator[Repeated]:
        model = self.declarations.serializers.model(cls)
        rows = [each for each in found if isinstance(each.of, Model) and model in (None, each.of)]
        for read in self.nested.reads(cls) if rows else ():
            for each, need in self.project.lazy.needs.missing(rows, read.path, read.followed):
                query = self.project.place(each.query.scope.unit.path, each.query.scope.span(each.query.at))
                text = ".".join((cls.name, *need.path[: need.depth + 1]))
                yield Repeated(
                    query,
                    each.of.name,
                    (text,),
                    self._place(read),
                    (remedy(each, need),),
                    each.query.scope.activation.symbol,
                )

    def _place(self, read: Read) -> Place:
        unit = read.cls.unit
        function = read.function.node if read.function is not None else read.cls.function
        return self.project.place(unit.path, unit.span(read.at, function))


def _is_replaced(call: s.Call, scope: Scope) -> bool:
    """`self.serializer_class(…)` in an action: `@action(serializer_class=…)` gives the view another one for it."""
    function = scope.activation.symbol
    if not isinstance(call.func, s.Attr) or function is None:
        return False
    decorators = (each for each in function.node.decorators if isinstance(each, s.Call))
    return any(each.keyword(call.func.name) is not None for each in decorators)
