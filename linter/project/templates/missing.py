"""Names that a template asks for and nothing has: what is certain enough to be said, and what a reader wants to know of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Union

import msgspec

from linter.extract.templates import bodies
from linter.facts import syntax as s
from linter.facts import template as t
from linter.project.imports.modules import is_test
from linter.project.names import last_name
from linter.project.templates.evaluation import Outcome, Read, root_of
from linter.project.templates.forms import shape
from linter.project.trace import memo
from linter.project.types import (
    NONE,
    Instance,
    ModelInstance,
    QuerySet,
    Sequence,
    TupleType,
    Type,
    members,
)
from linter.project.units import ClassSymbol, walk
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.contexts import Render
    from linter.project.models import Model

Owner = Union[ModelInstance, QuerySet, Instance, Sequence, TupleType]

MOST_STEPS = 5  # from a loop's variable to what the loop runs over, and on


class Missing(msgspec.Struct, frozen=True):
    """`name` is what every one of `owners` lacks; `span` is the path up to and including it."""

    name: str
    span: Span
    owners: tuple[Owner, ...]
    outcome: Outcome
    root: str  # the variable that the path starts from, "" where it starts from something else


class Finder:
    def __init__(self, project: Project) -> None:
        self.project = project

    @memo
    def in_template(self, path: str) -> tuple[Missing, ...]:
        reads = self.project.templates.evaluation(path).reads.values()
        found = [missing for read in reads for missing in self._missing(path, read)]
        if not found or self.all_renders_are_seen(path):
            return tuple(found)
        declared = self.project.templates.declared(path)  # whoever renders it, this holds
        return tuple(m for m in found if m.root in declared or self.origin(path, m.root) in declared)

    def _missing(self, path: str, read: Read) -> Iterator[Missing]:
        if read.missing is None:
            return
        owners = tuple(
            kind
            for kind in members(read.owner)
            if isinstance(kind, (ModelInstance, QuerySet, Instance, Sequence, TupleType))
        )
        if len(owners) != len(members(read.owner) - {NONE}):
            return
        if any(self._may_have_more(owner, read.missing.name) for owner in owners):
            return
        root = root_of(read.path)
        span = self.project.templates.span(path, read.missing.at)
        name = root.id if isinstance(root, t.Name) else ""
        yield Missing(read.missing.name, span, tuple(sorted(owners, key=title)), read.outcome, name)

    def _may_have_more(self, owner: Owner, name: str) -> bool:
        """Whether a value may have a name that its class was not seen to have."""
        if isinstance(owner, ModelInstance):
            return owner.model.has_open_attributes or self._may_inherit(owner.model.symbol, name)
        if isinstance(owner, Instance):
            return self._has_local_heir(owner.symbol) or self._may_inherit(owner.symbol, name)
        return False

    @memo
    def _may_inherit(self, cls: ClassSymbol, name: str) -> bool:
        """Whether a library that a class inherits from speaks of a name, or was read in a version that the project may not
        run. Libraries set attributes in ways of their own. Django's own are read by the models."""
        units = {base.unit for base in self.project.names.mro(cls)[0] if isinstance(base, ClassSymbol)}
        others = [unit for unit in units if unit.is_library and not unit.name.startswith("django.")]
        return any(unit.says(name) or not self.project.models.is_pinned(unit) for unit in others)

    @memo
    def _has_local_heir(self, cls: ClassSymbol) -> bool:
        for unit in self.project.units():
            if not unit.mentions(cls.name):
                continue
            for index in unit.bodies_with([cls.name]):
                for node, _ in walk(unit.body_at(index).statements):
                    if isinstance(node, s.ClassDef) and any(last_name(base) == cls.name for base in node.bases):
                        return True
        return False

    # --- renders ---

    @memo
    def all_renders_are_seen(self, path: str) -> bool:
        """Whether code names a template, or one that shows it, only where it is understood to render it."""
        return all(self._is_seen(shown) for shown in self.above(path))

    def above(self, path: str) -> Iterator[str]:
        """A template and those that show it, the nearest first."""
        seen, waiting = {path}, deque([path])
        while waiting:
            current = waiting.popleft()
            yield current
            more = [above for above in self.project.templates.graph.showing(current) if above not in seen]
            seen.update(more)
            waiting.extend(more)

    @memo
    def _is_seen(self, path: str) -> bool:
        names = self.project.templates.names.of(path)
        renders = [render for name in names for render in self.project.contexts.renders_of(name)]
        # A view may say what a method that it inherits renders.
        rendering = {path for r in renders for path in (r.path, r.view.unit.path if r.view is not None else r.path)}
        return not any(
            unit.path not in rendering and not is_test(unit.path) and any(unit.says(name) for name in names)
            for unit in self.project.units()
        )

    def renders(self, path: str) -> Iterator[Render]:
        """The places where a template is rendered, or one that shows it, the nearest first."""
        for shown in self.above(path):
            yield from self.project.templates.renders(shown)

    def origin(self, path: str, name: str) -> str:
        """The variable of the context that a name of a template comes from: through loops and `with`."""
        template = self.project.templates.template(path)
        for _ in range(MOST_STEPS):
            source = next(_sources(template.nodes, name), None)
            if not isinstance(source, t.Name) or source.id == name:
                break
            name = source.id
        return name

    # --- what there is instead ---

    def names(self, owner: Owner) -> frozenset[str]:
        """What a template could ask a value for."""
        if isinstance(owner, ModelInstance):
            return names_of(owner.model) | owner.extra
        if isinstance(owner, Instance):
            form = shape(self.project.flow, owner.symbol)
            if form is not None:
                return form.fields
            order = self.project.names.mro(owner.symbol)[0]
            found = {name for cls in order if isinstance(cls, ClassSymbol) for name in cls.names}
            return frozenset(name for name in found if not name.startswith("_"))
        return frozenset()

    def moments(self, owner: Owner) -> list[str]:
        """The dates and times of a model."""
        if not isinstance(owner, ModelInstance):
            return []
        return [name for name, field in owner.model.fields.items() if field.type in ("DateTimeField", "DateField")]

    def row_has(self, owner: Owner, name: str) -> bool:
        """Whether the rows of a queryset or list have what it lacks itself."""
        if isinstance(owner, (QuerySet, Sequence)):
            rows = self.project.flow.iterate(owner)
            return any(isinstance(row, ModelInstance) and name in self.names(row) for row in members(rows))
        return False


def names_of(model: Model) -> frozenset[str]:
    found = {*model.fields, *model.accessors, *model.attributes()}
    return frozenset(name for name in found if not name.startswith("_"))


def title(owner: Type) -> str:
    """What a value is called in a message."""
    if isinstance(owner, ModelInstance):
        return f"`{owner.model.name}`"
    if isinstance(owner, Instance):
        return f"`{owner.symbol.name}`"
    if isinstance(owner, QuerySet):
        return f"a {'manager' if owner.is_manager else 'queryset'} of `{owner.model.name}`"
    return "a tuple" if isinstance(owner, TupleType) else "a list"


def _sources(nodes: tuple[t.Node, ...], name: str) -> Iterator[t.Expr]:
    """The roots of what loops and `with` bind a name to."""
    for node in nodes:
        if isinstance(node, t.For) and name in _target_names(node.target):
            yield _root(node.iterable)
        elif isinstance(node, (t.With, t.Include)):
            yield from (
                _root(binding.value) for binding in node.bindings if binding.name == name and isinstance(node, t.With)
            )
        elif isinstance(node, t.Set) and name in _target_names(node.target):
            yield _root(node.value)
        for block in bodies(node):
            yield from _sources(block, name)


def _target_names(target: t.Expr) -> list[str]:
    if isinstance(target, t.Name):
        return [target.id]
    return [name for item in target.items for name in _target_names(item)] if isinstance(target, t.Seq) else []


def _root(expr: t.Expr) -> t.Expr:
    while isinstance(expr, (t.Attr, t.Filter, t.Item, t.Call)):
        expr = expr.func if isinstance(expr, t.Call) else expr.value
    return expr
