"""What a class is by its bases, whether all that it has was seen, and which models it speaks of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.declarations.options import Options
from linter.project.flow import library, managers, views
from linter.project.flow.attributes import called_name
from linter.project.imports.modules import is_migration, is_test
from linter.project.models.expressions import calls
from linter.project.names import callee, last_name
from linter.project.queries.verdicts import Names
from linter.project.trace import memo
from linter.project.types import ClassType, Instance, QuerySet, members
from linter.project.units import ClassSymbol, External, FunctionSymbol, Unit, walk

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

# Decorators that give a class no names.
_HARMLESS = frozenset(
    {"register", "extend_schema", "extend_schema_view", "extend_schema_serializer", "method_decorator"}
)


# Methods of querysets, and what stands in their arguments, that put no names on rows.
_NARROWING = frozenset({
    "super", "get_queryset", "filter", "exclude", "select_related", "prefetch_related", "order_by", "distinct", "only",
    "defer", "all", "Q",
})  # fmt: skip


class Classes:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.flow = project.flow
        self.options = Options(project.names)

    # --- which ---

    def declaring(self, unit: Unit) -> tuple[ClassSymbol, ...]:
        """The classes of a module whose declarations count: what tests declare may be wrong on purpose."""
        if is_test(unit.path) or is_migration(unit.path):
            return ()
        return tuple(cls for cls in self.names.classes(unit) if cls.node.bases)

    def is_below(self, cls: ClassSymbol, *names: str) -> bool:
        """Whether a class inherits one of the classes of these full names."""
        return not self._named(names).isdisjoint(self.names.mro(cls)[0][1:])

    @memo
    def _named(self, names: tuple[str, ...]) -> frozenset[object]:
        """The classes of full names, and the names themselves where the source was not read."""
        found = (self.names.follow(self.names.find(name)) for name in names)
        return frozenset(cls for cls in found if cls is not None) | {External(name) for name in names}

    # --- how much of it was seen ---

    @memo
    def is_seen(self, cls: ClassSymbol) -> bool:
        """Whether all names of a class are in the bodies of its line: no base unread or of an unsure version, no metaclass
        or decorator of the project's own, no `__getattr__`."""
        order, whole = self.names.mro(cls)
        return whole and not any(isinstance(base, External) or self._adds_names(base) for base in order)

    def _adds_names(self, cls: ClassSymbol) -> bool:
        if self.is_framework(cls):
            return False
        if cls.unit.is_library and not self.project.models.is_pinned(cls.unit):
            return True
        if any(keyword.name != "abstract" for keyword in cls.node.keywords) or "__getattr__" in cls.names:
            return True
        if any(not self._is_harmless(cls, decorator) for decorator in cls.node.decorators):
            return True
        return any(isinstance(node, (s.For, s.With)) for node in cls.node.body) or "locals" in _called(cls)

    def _is_harmless(self, cls: ClassSymbol, decorator: s.Expr) -> bool:
        """Whether a decorator gives a class no names: a function of the project that hands it back as it was, say."""
        if called_name(decorator) in _HARMLESS:
            return True
        called = callee(decorator)
        found = self.names.follow(self.names.resolve(cls.unit, called))
        if not isinstance(found, FunctionSymbol):
            return False
        function = found.node
        if isinstance(decorator, s.Call):  # what it gives is the decorator
            inner = [node for node, _ in walk(found.unit.body(function).statements) if isinstance(node, s.FunctionDef)]
            if len(inner) != 1:
                return False
            function = inner[0]
        return self._hands_back(found.unit, function)

    @memo
    def _hands_back(self, unit: Unit, function: s.FunctionDef) -> bool:
        if not function.params or function.body in unit.bodies_with(["setattr"]):
            return False
        this = function.params[0].name
        for node, _ in walk(unit.body(function).statements):
            if isinstance(node, s.Return) and not (isinstance(node.value, s.Name) and node.value.id == this):
                return False
            targets = node.targets if isinstance(node, s.Assign) else ()
            for target in targets:
                root = target.value if isinstance(target, (s.Attr, s.Sub)) else target
                if isinstance(root, s.Name) and root.id == this:
                    return False
        return True

    def is_framework(self, cls: ClassSymbol) -> bool:
        """Whether a class is Django's, or of a framework whose rules these are."""
        root = cls.unit.name.partition(".")[0]
        return cls.unit.is_library and root in ("django", "rest_framework", "django_filters", "django_tables2")

    def overrides(self, cls: ClassSymbol, *methods: str) -> bool:
        """Whether a class, or a base of it outside the frameworks, defines one of these methods, or may."""
        if views.has_unread(self.flow, cls):
            return True
        return any(
            isinstance(base, ClassSymbol) and not self.is_framework(base) and any(m in base.names for m in methods)
            for base in self.names.mro(cls)[0]
        )

    def has(self, cls: ClassSymbol, name: str) -> bool:
        """Whether a class, an instance of it, or a class below it may have a name."""
        for base in self.names.mro(cls)[0]:
            if isinstance(base, ClassSymbol) and (name in base.names or name in self.flow.hierarchy.stores(base)):
                return True
        return name in self.flow.given_names or name in vars(object)

    def own_names(self, cls: ClassSymbol) -> frozenset[str]:
        """What the project's own bodies of a class's line bind."""
        line = (base for base in self.names.mro(cls)[0] if isinstance(base, ClassSymbol) and not base.unit.is_library)
        return frozenset(name for base in line for name in base.names)

    # --- of which models ---

    @memo
    def named_model(self, cls: ClassSymbol, option: str = "model") -> Model | None:
        """The model in `model = Book`."""
        found = self.options.of(cls, option)
        if found is None or found.value is None:
            return None
        return self.model_of(found.value, found.owner)

    def model_of(self, expr: s.Expr, owner: ClassSymbol) -> Model | None:
        kind = library.model_class(self.flow, self.flow.expression(self.flow.class_scope(owner), expr))
        models = [m.model for m in members(kind) if isinstance(m, ClassType)]
        return models[0] if len(models) == 1 else None

    def rows(self, cls: ClassSymbol, model: Model) -> Names:
        """What the querysets of a class know besides the fields of its model: `get_queryset` may annotate."""
        if not self.overrides(cls, "get_queryset"):
            return self.manager_names(model)
        got = self.flow.call(self.flow.attribute_or_unknown(Instance(cls), "get_queryset"))
        kinds = [kind for kind in members(got) if isinstance(kind, QuerySet)]
        if not kinds or len(kinds) != len(members(got)) or any(kind.model is not model for kind in kinds):
            return self.manager_names(model) if self._only_narrows(cls) else Names(is_open=True)
        return Names(frozenset().union(*(kind.extra for kind in kinds)), any(kind.is_open for kind in kinds))

    def _only_narrows(self, cls: ClassSymbol) -> bool:
        """Whether each `get_queryset` does no more than to filter, sort and join what `super()` gives, in whichever version
        of a library between the class and Django's."""
        order, complete = self.names.mro(cls)
        own = [base for base in order if isinstance(base, ClassSymbol) and "get_queryset" in base.names]
        return complete and all(
            isinstance(method := base.member("get_queryset"), s.FunctionDef)
            and (base.unit.is_django or self._narrows(base, method))
            for base in own
        )

    def _narrows(self, cls: ClassSymbol, method: s.FunctionDef) -> bool:
        for node, _ in walk(cls.unit.body(method).statements):
            if isinstance(node, s.If):  # what stands in it follows
                continue
            value = getattr(node, "value", None)  # of an assignment, a call, a `return`
            if value is None or not all(last_name(call.func) in _NARROWING for call in calls(value)):
                return False
        return True

    def manager_names(self, model: Model) -> Names:
        manager = managers.manager(self.flow, model)
        return Names(manager.extra, manager.is_open)


def _called(cls: ClassSymbol) -> set[str]:
    """The names of functions that a class body calls by itself: `locals()["x"] = …`, `vars().update(…)`."""
    found: set[str] = set()
    for node in cls.node.body:
        targets = node.targets if isinstance(node, s.Assign) else ()
        value = node.value if isinstance(node, s.ExprStmt) else None
        for expr in (*targets, value):
            while isinstance(expr, (s.Sub, s.Attr, s.Call)):
                inner = expr.func if isinstance(expr, s.Call) else expr.value
                if isinstance(expr, s.Call) and isinstance(inner, s.Name):
                    found.add("locals" if inner.id in ("locals", "vars", "exec") else inner.id)
                expr = inner
    return found
