"""Who creates a row of which model: `Model.objects.create(…)`, `Model(…).save()`, forms and serializers, in the whole project."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.control import Condition, Step, evaluated, own, parts, steps
from linter.project.imports.modules import is_migration, is_test
from linter.project.models.named import model_named
from linter.project.names import last_name
from linter.project.scopes import Scope, functions, resolve
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Field, Model

Kind = Literal["create", "save", "get_or_create"]
Use = Literal["unused", "assigned", "used"]

CREATE: dict[str, Kind] = {
    "create": "create",
    "acreate": "create",
    "get_or_create": "get_or_create",
    "aget_or_create": "get_or_create",
    "update_or_create": "get_or_create",
    "aupdate_or_create": "get_or_create",
}

# What may stand between a model's manager and `.create()` without changing which row is made.
SAME_ROWS = frozenset({"all", "using", "db_manager", "select_related", "prefetch_related"})

GATES = frozenset({".create(", ".acreate(", ".save("})


class Creation(msgspec.Struct, frozen=True):
    """One call that makes a row. `values`: what it gives the fields, `user_id` under its field's name too."""

    model: Model
    kind: Kind
    scope: Scope
    call: s.Call  # the whole expression that writes to the database
    values: tuple[tuple[str, s.Expr], ...]
    step: Step
    conditions: tuple[Condition, ...]
    use: Use = "unused"
    target: s.Name | None = None  # what the result is assigned to, where that is one plain name
    constructor: s.Call | None = None  # of `Model(…).save()`

    def value(self, field: str) -> s.Expr | None:
        return next((value for name, value in self.values if name == field), None)


class Inline(msgspec.Struct, frozen=True):
    """A form on an admin page (that of the models `admin` is registered for) which adds rows of `model`."""

    symbol: ClassSymbol
    model: Model
    admin: ClassSymbol


class _Unsaved:
    """A row that a local variable holds and that is not in the database yet."""

    def __init__(self, model: Model, constructor: s.Call, values: dict[str, s.Expr]) -> None:
        self.model = model
        self.constructor = constructor
        self.values = values


class Creators:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    def place(self, creation: Creation) -> Place:
        scope = creation.scope
        return self.project.place(scope.unit.path, scope.unit.span(creation.call.at, scope.function))

    @memo
    def in_function(self, scope: Scope) -> tuple[Creation, ...]:
        return tuple(_Function(self, scope).creations())

    @memo
    def of(self, model: Model, field: Field) -> tuple[Creation, ...]:
        """Every place outside tests and migrations that makes a row and gives it a value of a field, in order of path."""
        found: list[Creation] = []
        for unit in self.project.units():
            if GATES.isdisjoint(unit.module.uses) or is_test(unit.path) or is_migration(unit.path):
                continue
            if unit.mentions(model.name) or unit.mentions("Form") or unit.mentions("erializer"):
                for scope in functions(self.names, unit, (field.name,), ("create", "save")):
                    made = self.in_function(scope)
                    found.extend(c for c in made if c.model is model and c.value(field.name) is not None)
        return tuple(found)

    # --- the admin's inlines ---

    @memo
    def inlines(self, model: Model, page: Model) -> tuple[Inline, ...]:
        """The inlines that can add a row of a model on the admin page where rows of another are added."""
        return tuple(i for i in self._inlines if i.model is model and page in self.registered(i.admin))

    @cached_property
    def _inlines(self) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for unit in self.project.units():
            if b"inlines" in bytes(unit.facts.module) and not is_test(unit.path):
                for admin in self.names.classes(unit):
                    found.extend(self._inlines_of(admin))
        return tuple(found)

    def _inlines_of(self, admin: ClassSymbol) -> Iterator[Inline]:
        node = admin.member("inlines")
        if not isinstance(node, s.Assign) or not isinstance(node.value, s.Seq) or self.overrides(admin, _DECIDES):
            return
        for item in node.value.items:
            inline = self.names.follow(self.names.resolve(admin.unit, item))
            if isinstance(inline, ClassSymbol) and not self.overrides(inline, _LIMITS):
                given = inline.member("model")
                value = given.value if isinstance(given, s.Assign) else None
                model = model_named(self.project, Scope(inline.unit), value) if value is not None else None
                if model is not None:
                    yield Inline(inline, model, admin)

    @memo
    def registered(self, admin: ClassSymbol) -> tuple[Model, ...]:
        """The models whose admin page a class is: `@admin.register(User)`, `admin.site.register(User, UserAdmin)`."""
        named: list[s.Expr] = []
        for decorator in admin.node.decorators:
            if isinstance(decorator, s.Call) and last_name(decorator.func) == "register":
                named.extend(decorator.args)
        for node in admin.unit.module.body:
            call = node.value if isinstance(node, s.ExprStmt) else None
            if isinstance(call, s.Call) and last_name(call.func) == "register" and len(call.args) == 2:
                if self.names.resolve(admin.unit, call.args[1]) is admin:
                    named.extend(call.args[0].items if isinstance(call.args[0], s.Seq) else call.args[:1])
        models = (model_named(self.project, Scope(admin.unit), expr) for expr in named)
        return tuple(model for model in models if model is not None)

    # --- what the project's own code changes ---

    def overrides(self, cls: object, methods: tuple[str, ...]) -> bool:
        """Whether a class of the project, or a base of it there, defines one of some names itself."""
        if not isinstance(cls, ClassSymbol):
            return False
        bases = [b for b in self.names.mro(cls)[0] if isinstance(b, ClassSymbol) and not b.unit.is_library]
        return any(base.member(method) is not None for base in bases for method in methods)

    def makes_rows(self, model: Model, manager: str, method: str) -> bool:
        """Whether `Model.<manager>.<method>()` is Django's own."""
        if manager in ("_default_manager", "_base_manager"):
            return True
        found = model.managers.get(manager)
        return found is not None and not any(
            self.overrides(cls, (method,)) for cls in (found.cls, *found.queryset_classes)
        )

    @memo
    def looks_up(self, model: Model) -> bool:
        """Whether the model's own `save()` asks the database, as one does that takes over the row which is there already."""
        for cls in self.names.mro(model.symbol)[0]:
            node = cls.member("save") if isinstance(cls, ClassSymbol) and not cls.unit.is_library else None
            if isinstance(node, s.FunctionDef) and isinstance(cls, ClassSymbol):
                for step in steps(Scope(cls.unit, (node,), cls).statements):
                    if any(
                        isinstance(p, s.Attr) and p.name in ("objects", "_default_manager") for p in parts(step.node)
                    ):
                        return True
        return False

    @memo
    def model_of_meta(self, cls: ClassSymbol) -> Model | None:
        """The model that a form's or serializer's `class Meta` names."""
        for base in self.names.mro(cls)[0]:
            meta = base.member("Meta") if isinstance(base, ClassSymbol) else None
            if isinstance(meta, s.ClassDef) and isinstance(base, ClassSymbol):
                for node in meta.body:
                    if (
                        isinstance(node, s.Assign)
                        and node.value is not None
                        and node.targets[0] == s.Name("model", getattr(node.targets[0], "at", s.NOWHERE))
                    ):
                        return model_named(self.project, Scope(base.unit), node.value)
        return None


# Names by which an admin class chooses its inlines, or saves what stands in them, with code of its own …
_DECIDES = (
    "get_inlines", "get_inline_instances", "get_formsets_with_inlines", "get_formset_kwargs", "add_view", "changeform_view",
    "save_formset", "save_related", "save_model", "has_add_permission", "get_urls",
)  # fmt: skip
# … and those by which an inline may offer no row to add.
_LIMITS = ("max_num", "get_max_num", "has_add_permission", "formset", "get_formset", "form", "get_readonly_fields")


class _Function:
    """The creations in one function. Statements are read in order, so that a row built above is known when it is saved."""

    def __init__(self, creators: Creators, scope: Scope) -> None:
        self.creators = creators
        self.project = creators.project
        self.scope = scope
        self.unsaved: dict[str, _Unsaved] = {}
        self.makers: dict[str, ClassSymbol] = {}  # variables that hold a form or serializer with no row of its own

    def creations(self) -> Iterator[Creation]:
        for step in steps(self.scope.statements):
            for whole in own(step.node):
                for part, inner in evaluated(whole):
                    if isinstance(part, s.Call) and isinstance(part.func, s.Attr):
                        yield from self.method(step, whole, part, part.func, step.conditions + inner)
            if isinstance(step.node, s.Assign) and step.node.value is not None:
                for target in step.node.targets:
                    self.assign(target, step.node.value)

    def method(
        self, step: Step, whole: s.Expr, call: s.Call, func: s.Attr, conditions: tuple[Condition, ...]
    ) -> Iterator[Creation]:
        use, target = _use(step.node, whole, call)
        if func.name in CREATE:
            model = self.managed(func.value, func.name)
            if model is not None and not self.creators.looks_up(model):
                values = _values(model, call.keywords)
                yield Creation(model, CREATE[func.name], self.scope, call, values, step, conditions, use, target)
        elif func.name in ("save", "asave"):
            row = self.built(func.value)
            if row is not None:
                values = tuple(row.values.items())
                constructor = row.constructor if isinstance(func.value, s.Call) else None
                yield Creation(row.model, "save", self.scope, call, values, step, conditions, use, target, constructor)
            elif isinstance(func.value, s.Name):
                yield from self.serialized(step, call, func.value, conditions)

    def serialized(
        self, step: Step, call: s.Call, variable: s.Name, conditions: tuple[Condition, ...]
    ) -> Iterator[Creation]:
        """`serializer.save(user=user)`, in `perform_create` too."""
        maker = self.makers.get(variable.id) or self.given_serializer(variable)
        if maker is None or not call.keywords or self.creators.overrides(maker, ("save", "create")):
            return
        model = self.creators.model_of_meta(maker)
        if model is not None and call.keyword("commit") is None:
            yield Creation(model, "save", self.scope, call, _values(model, call.keywords), step, conditions)

    def given_serializer(self, variable: s.Name) -> ClassSymbol | None:
        function, owner = self.scope.function, self.scope.owner
        if function is None or owner is None or function.name != "perform_create":
            return None
        if len(function.params) != 2 or function.params[1].name != variable.id:
            return None
        symbol = self.project.names.attribute(owner, "serializer_class", owner.unit)
        followed = self.project.names.follow(symbol)
        return followed if isinstance(followed, ClassSymbol) else None

    def assign(self, target: s.Expr, value: s.Expr) -> None:
        if isinstance(target, s.Attr) and isinstance(target.value, s.Name):
            row = self.unsaved.get(target.value.id)
            if row is not None:
                row.values.update(_values(row.model, (s.Keyword(target.name, value),)))
        elif isinstance(target, s.Name):
            self.unsaved.pop(target.id, None)
            self.makers.pop(target.id, None)
            row = self.built(value) or self.uncommitted(value)
            if row is not None:
                self.unsaved[target.id] = row
            elif isinstance(value, s.Call):
                self.remember_maker(target.id, value)

    def remember_maker(self, name: str, call: s.Call) -> None:
        """`form = ProfileForm(request.POST)`; one that is handed an instance changes a row that is there."""
        if call.keyword("instance") is not None or not call.is_exact:
            return
        cls = self.project.names.follow(resolve(self.project.names, self.scope, call.func))
        if isinstance(cls, ClassSymbol) and self.creators.model_of_meta(cls) is not None:
            is_serializer = call.keyword("data") is not None
            if not call.args or not is_serializer:  # a serializer's first argument is its instance
                self.makers[name] = cls

    def built(self, expr: s.Expr) -> _Unsaved | None:
        """A row that was made but not saved: `Profile(user=user)`, or a variable that holds one."""
        if isinstance(expr, s.Name):
            return self.unsaved.get(expr.id)
        if not isinstance(expr, s.Call) or expr.args or not isinstance(expr.func, (s.Name, s.Attr)):
            return None
        model = model_named(self.project, self.scope, expr.func)
        if model is None or model.abstract or self.creators.looks_up(model):
            return None
        return _Unsaved(model, expr, dict(_values(model, expr.keywords)))

    def uncommitted(self, expr: s.Expr) -> _Unsaved | None:
        """`form.save(commit=False)`."""
        if not isinstance(expr, s.Call) or not isinstance(expr.func, s.Attr) or expr.func.name != "save":
            return None
        commit, form = expr.keyword("commit"), expr.func.value
        if not isinstance(commit, s.Lit) or commit.value is not False or not isinstance(form, s.Name):
            return None
        model = self.creators.model_of_meta(self.makers[form.id]) if form.id in self.makers else None
        return _Unsaved(model, expr, {}) if model is not None else None

    def managed(self, expr: s.Expr, method: str) -> Model | None:
        """The model of `Profile.objects`, `Profile.objects.using("x")`: what `.create()` is called on."""
        while isinstance(expr, s.Call):
            if not isinstance(expr.func, s.Attr) or expr.func.name not in SAME_ROWS:
                return None
            expr = expr.func.value
        if isinstance(expr, s.Name) and expr.id == "self":
            return self.own_manager(method)
        if not isinstance(expr, s.Attr):
            return None
        model = model_named(self.project, self.scope, expr.value)
        if model is None or model.abstract or not self.creators.makes_rows(model, expr.name, method):
            return None
        return model

    def own_manager(self, method: str) -> Model | None:
        """`self.create(…)` in a method of a manager that one model has."""
        owner = self.scope.owner
        if owner is None or owner.unit.is_library:
            return None
        found = [
            (model, manager.name)
            for model in self.project.models
            for manager in model.managers.values()
            if not model.abstract and owner in (manager.cls, *manager.queryset_classes)
        ]
        if len({model.label for model, _ in found}) != 1 or not self.creators.makes_rows(*found[0], method):
            return None
        return found[0][0]


def _values(model: Model, keywords: tuple[s.Keyword, ...]) -> tuple[tuple[str, s.Expr], ...]:
    attnames = {field.attname: name for name, field in model.fields.items()}
    found: dict[str, s.Expr] = {}
    for keyword in keywords:
        name = attnames.get(keyword.name, keyword.name)
        if name in model.fields:
            found[name] = keyword.value
    return tuple(found.items())


def _use(node: s.Stmt, whole: s.Expr, call: s.Call) -> tuple[Use, s.Name | None]:
    """What a statement does with the value of a call in it."""
    if (whole.value if isinstance(whole, s.Await) else whole) is not call:
        return "used", None
    if isinstance(node, s.ExprStmt):
        return "unused", None
    if isinstance(node, s.Assign):
        target = node.targets[0]
        if len(node.targets) == 1 and isinstance(target, s.Name) and node.annotation is None:
            return "assigned", target
    return "used", None
