"""Managers of related rows where a template needs the rows, and methods that a template cannot call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.extract.templates import bodies
from linter.facts import template as t
from linter.project.models.model import Field, Model
from linter.project.templates.evaluation import Read, dotted
from linter.project.trace import memo
from linter.project.types import NONE, Function, ModelInstance, QuerySet, Type, members
from linter.project.units import ClassSymbol
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project

Use = Literal["loop", "condition", "length", "output"]

# What a manager class of the project's own may define to be usable as rows.
_ROWS = frozenset({"__iter__", "__len__", "__bool__", "__getitem__"})
_CLASSES = {"many_to_many": "ManyRelatedManager", "generic_relation": "GenericRelatedObjectManager"}


class Manager(msgspec.Struct, frozen=True):
    """`path` is a manager of rows of `model`; `cls` is what Django calls its class."""

    path: str
    span: Span
    use: Use
    model: Model
    cls: str


class Method(msgspec.Struct, frozen=True):
    """`name` needs `parameters`, which a template cannot give."""

    name: str
    span: Span
    owner: Model
    function: Function
    parameters: tuple[str, ...]


class Finder:
    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def managers(self, path: str) -> tuple[Manager, ...]:
        found = [found for use, read in self._reads(path) if (found := self._manager(path, use, read)) is not None]
        return tuple(found) if found and self.project.templates.missing.all_renders_are_seen(path) else ()

    @memo
    def methods(self, path: str) -> tuple[Method, ...]:
        if self.project.templates.is_jinja(path):  # it calls nothing by itself
            return ()
        found = [found for _, read in self._reads(path) if (found := self._method(path, read)) is not None]
        return tuple(found) if found and self.project.templates.missing.all_renders_are_seen(path) else ()

    def _reads(self, path: str) -> Iterator[tuple[Use, Read]]:
        """What the template's own tags are given, each with what it was found to be."""
        reads = self.project.templates.evaluation(path).reads
        if reads:
            for use, attr in _uses(self.project.templates.template(path).nodes):
                read = reads.get(attr.at)
                if read is not None and read.missing is None:
                    yield use, read

    # --- managers ---

    def _manager(self, path: str, use: Use, read: Read) -> Manager | None:
        if use == "output":
            return None
        fields = [self._many(owner, read.path.name) for owner in members(read.owner) - {NONE}]
        values = members(read.value)
        if not fields or not values or not all(isinstance(v, QuerySet) and self._is_plain(v) for v in values):
            return None
        field, value = fields[0], next(iter(values))
        if field is None or None in fields or not isinstance(value, QuerySet):
            return None
        cls = _CLASSES.get(field.field_class.kind, "RelatedManager")
        span = self.project.templates.span(path, read.path.at)
        return Manager(dotted(read.path), span, use, value.model, cls)

    def _many(self, owner: Type, name: str) -> Field | None:
        """The relation of Django's own kinds by which a row has many others under a name."""
        if not isinstance(owner, ModelInstance):
            return None
        field = owner.model.fields.get(name)
        reverse = owner.model.accessors.get(name)
        if field is None and reverse is not None and not reverse.is_single:
            field = reverse.field
        elif field is not None and not field.many_to_many and field.field_class.kind != "generic_relation":
            return None
        is_own = field is not None and self.project.names.name_of(field.type_symbol).startswith("django.")
        return field if is_own else None

    def _is_plain(self, kind: QuerySet) -> bool:
        """Whether a manager is no list of rows itself."""
        if not kind.is_manager or kind.is_open:
            return False
        bases = [base for cls in kind.classes for base in self.project.names.mro(cls)[0]]
        return all(
            base.names.keys().isdisjoint(_ROWS) if isinstance(base, ClassSymbol) else base.dotted.startswith("django.")
            for base in bases
            if not (isinstance(base, ClassSymbol) and base.unit.is_django)
        )

    # --- methods ---

    def _method(self, path: str, read: Read) -> Method | None:
        owners = members(read.owner) - {NONE}
        found: list[tuple[ModelInstance, Function]] = []
        for owner in owners:
            value = self.project.flow.attribute(owner, read.path.name) if isinstance(owner, ModelInstance) else None
            if not isinstance(owner, ModelInstance) or not isinstance(value, Function):
                return None
            if value.symbol.node.decorators or not _needed(value) or value.symbol.unit.is_library:
                return None
            found.append((owner, value))
        if not found:
            return None
        owner, function = found[0]
        span = self.project.templates.span(path, read.path.at)
        return Method(read.path.name, span, owner.model, function, _needed(function))


def _needed(function: Function) -> tuple[str, ...]:
    """The parameters that a call must give."""
    params = [p for p in function.symbol.node.params if p.kind not in ("*", "**")]
    return tuple(p.name for p in params[1 if function.receiver is not None else 0 :] if p.default is None)


def _uses(nodes: tuple[t.Node, ...]) -> Iterator[tuple[Use, t.Attr]]:
    for node in nodes:
        if isinstance(node, t.For):
            yield from _used(node.iterable, "loop")
        elif isinstance(node, t.If):
            for operand in _operands(node.test):
                yield from _used(operand, "condition")
        elif isinstance(node, t.Output):
            yield from _used(node.expr, "output")
        for block in bodies(node):
            yield from _uses(block)


def _used(expr: t.Expr, use: Use) -> Iterator[tuple[Use, t.Attr]]:
    if isinstance(expr, t.Attr):
        yield use, expr
    elif isinstance(expr, t.Filter) and expr.name == "length" and isinstance(expr.value, t.Attr):
        yield "length", expr.value
    elif isinstance(expr, t.Op):
        for operand in expr.operands:
            yield from _used(operand, "output")


def _operands(test: t.Expr) -> Iterator[t.Expr]:
    """What a test asks for its truth alone."""
    if isinstance(test, t.Op) and test.op in ("and", "or", "not"):
        for operand in test.operands:
            yield from _operands(operand)
    else:
        yield test
