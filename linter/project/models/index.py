"""Every model of the project and of its libraries, and what names of models mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Union

from linter.facts import syntax as s
from linter.project.imports.modules import is_test
from linter.project.models.apps import Apps
from linter.project.models.arguments import Argument, is_none
from linter.project.models.attributes import SetOnSelf, set_on_self
from linter.project.models.class_body import Bodies, Body, Declared
from linter.project.models.dangling import DanglingRelations
from linter.project.models.field_classes import FieldClass, is_django, is_harmless
from linter.project.models.model import Field, Model
from linter.project.models.relations import Relations
from linter.project.models.touches import Touches
from linter.project.names import last_name
from linter.project.requirements.pins import pin, settles
from linter.project.trace import cached_property, compared, memo
from linter.project.units import ClassSymbol, External, FunctionSymbol, Symbol, Unit, ValueSymbol, walk

if TYPE_CHECKING:
    from linter.project import Project

MODEL = "django.db.models.base.Model"
_MODELS = frozenset({MODEL, "django.db.models.Model"})
_GET_USER = frozenset({"django.contrib.auth.get_user_model"})
_USERS = tuple(
    f"django.contrib.auth.{name}"
    for name in ("base_user.AbstractBaseUser", "models.AbstractBaseUser", "models.AbstractUser")
)
_SWAPPER = frozenset({"swapper.get_model_name", "swapper.load_model"})
_TESTING = (b"TestCase", b"unittest", b"pytest")
_UNREGISTERED = frozenset({"tests", "test", "migrations", "management", "testing"})

Reference = Union[s.Expr, str]


class Models:
    """Iterating gives the project's own models, by path and line."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.apps = Apps(project)
        self.bodies = Bodies(project.names)
        self.relations = Relations(self)
        self.touches = Touches(self)
        self.dangling = DanglingRelations(self)
        self._models: dict[ClassSymbol, Model | None] = {}
        self._derived: dict[ClassSymbol, bool] = {}

    # --- which classes are models ---

    def of(self, symbol: Symbol | None) -> Model | None:
        """The model of a class, None where it is none."""
        if not isinstance(symbol, ClassSymbol):
            return None
        if symbol not in self._models:
            self._models[symbol] = Model(self, symbol) if self._is_model(symbol) else None
        return self._models[symbol]

    def _is_model(self, cls: ClassSymbol) -> bool:
        known = self._derived.get(cls)
        if known is None:
            self._derived[cls] = False  # what a loop of bases sees
            known = self._derived[cls] = bool(cls.node.bases) and self._inherits(cls)
        return known

    def _inherits(self, cls: ClassSymbol) -> bool:
        for base in self.names.bases(cls):
            if isinstance(base, External):
                if base.dotted in _MODELS or self._may_be_model(cls, base):
                    return True
            elif base is None:
                if any(True for _ in self._declared_fields(cls)):
                    return True
            elif base.dotted == MODEL or self._is_model(base):
                return True
        return False

    def _may_be_model(self, cls: ClassSymbol, base: External) -> bool:
        """A class of a library that was not read: a model by all appearances."""
        if is_harmless(base) or cls.name == "Meta":
            return False
        return "models" in base.dotted.split(".")[1:-1] or any(True for _ in self._declared_fields(cls))

    def _declared_fields(self, cls: ClassSymbol) -> Iterator[str]:
        for name in cls.names:
            node = cls.member(name)
            value = node.value if isinstance(node, s.Assign) else None
            if isinstance(value, s.Call) and isinstance(value.func, (s.Name, s.Attr)):
                symbol = self.names.follow(self.names.resolve(cls.unit, value.func))
                if isinstance(symbol, ClassSymbol) and self.bodies.field_classes.of(symbol).is_field:
                    yield name

    @cached_property
    def own(self) -> tuple[Model, ...]:
        found: list[Model] = []
        for unit in self.project.units():
            for cls in self.names.classes(unit):
                model = self.of(cls)
                if model is not None:
                    found.append(model)
        return tuple(found)

    def __iter__(self) -> Iterator[Model]:
        return iter(self.own)

    @cached_property
    def libraries(self) -> tuple[Model, ...]:
        """The models of installed apps that are not the project's own."""
        found: list[Model] = []
        for app in self.apps.installed:
            if app.unit is not None and app.unit.is_library:
                module = self.names.module(f"{app.name}.models")
                for unit in self._imported(module) if module is not None else ():
                    found.extend(m for m in map(self.of, self.names.classes(unit)) if m is not None)
        return tuple(dict.fromkeys(found))

    def _imported(self, module: Unit) -> Iterator[Unit]:
        """A library's module of models, and what it imports from its own package."""
        seen = {module.name}
        waiting = [module]
        package = module.name.rpartition(".")[0]
        while waiting:
            unit = waiting.pop()
            yield unit
            for node, _ in walk(unit.module.body):
                if not isinstance(node, s.ImportFrom):
                    continue
                source = self.names.imported(unit, node)
                if source is None or not source.startswith(package):
                    continue
                for name in (source, f"{source}.{node.name}"):
                    if name not in seen:
                        seen.add(name)
                        found = self.names.module(name)
                        if found is not None:
                            waiting.append(found)

    @cached_property
    def everything(self) -> tuple[Model, ...]:
        return (*self.own, *self.libraries)

    @cached_property
    def unsaid(self) -> tuple[Model, ...]:
        """What Django's own apps may point at the project with, where no settings say whether they are installed."""
        said = any(module.get("INSTALLED_APPS") for module in self.project.settings.modules)
        return () if said else tuple(self.labelled("admin.LogEntry"))

    def is_registered(self, model: Model) -> bool:
        app = model.app
        if not app.installed:
            # Django's own are there where no settings say what is.
            return not self.apps.is_known and is_django(model.symbol)
        if model.symbol.unit.is_library:
            return True
        inner = model.symbol.unit.path[len(app.folder) :].strip("/").split("/")
        if _UNREGISTERED.isdisjoint(inner[:-1]) and not inner[-1].startswith(("test_", "tests.")):
            return True
        module = bytes(model.symbol.unit.facts.module)
        if any(word in module for word in _TESTING):
            return False
        return self.project.startup.reached(model.symbol.unit.path)  # an app may well be about tests

    # --- by name ---

    @cached_property
    def _by_label(self) -> dict[str, list[Model]]:
        found: dict[str, list[Model]] = defaultdict(list)
        for model in self.everything:
            if not model.abstract:
                found[_key(model.app_label, model.name)].append(model)
        return dict(found)

    @memo
    def labelled(self, label: str) -> list[Model]:
        """Every model of a label, those that Django registers first. The model's name is read in any case of letters."""
        app, _, name = label.rpartition(".")
        found = self._by_label.get(_key(app, name))
        if found is None:
            return self._unlisted(app, name)
        return sorted(found, key=lambda m: not m.registered)

    def _unlisted(self, app_label: str, name: str) -> list[Model]:
        """A model of Django's own, where no settings say what is installed."""
        app = self.apps.labelled(app_label)
        unit = self.names.module(f"{app.name}.models") if app is not None else None
        if unit is None or not unit.is_library:
            return []
        found = [m for m in map(self.of, self.names.classes(unit)) if m is not None and m.name.lower() == name.lower()]
        return [m for m in found if not m.abstract]

    def by_label(self, label: str, near: str = "") -> Model | None:
        """The model of a label such as `api.Check`; of several with one label, the one nearest to the path `near`."""
        found = self.labelled(label)
        if len(found) < 2:
            return found[0] if found else None
        registered = [m for m in found if m.registered] or found
        return max(registered, key=lambda m: _nearness(m.symbol.unit.path, near))

    @cached_property
    def user_labels(self) -> tuple[str, ...]:
        """What AUTH_USER_MODEL may be, the usual one last."""
        others = self.project.settings.texts("AUTH_USER_MODEL")
        usual = self.apps.setting("AUTH_USER_MODEL") or ("" if others else self._own_user()) or "auth.User"
        return (*(label for label in others if label != usual), usual)

    def _own_user(self) -> str:
        """The label of the project's one model of users: where no setting names any, the settings were not all read, for
        Django lets no such model stand beside its own."""
        found = {
            model.label
            for unit in self.project.units()
            if not is_test(unit.path) and any(unit.holds(name) for name in ("AbstractUser", "AbstractBaseUser"))
            for cls in self.names.classes(unit)
            if self.names.is_subclass(cls, *_USERS) and (model := self.of(cls)) is not None and not model.abstract
        }
        return (found.pop() or "") if len(found) == 1 else ""

    @cached_property
    def user(self) -> Model | None:
        """The model that AUTH_USER_MODEL names."""
        return self.by_label(self.user_labels[-1])

    @cached_property
    def users(self) -> tuple[Model, ...]:
        """The models that AUTH_USER_MODEL may name."""
        found = [self.by_label(label) for label in self.user_labels]
        return tuple(dict.fromkeys(model for model in found if model is not None))

    def label_of_app(self, path: str) -> str:
        """The label of the app that a file of the project belongs to."""
        return self.apps.of_folder(path.rpartition("/")[0]).label

    # --- references ---

    def reference(self, owner: Model, target: Reference) -> Model | None:
        """The model that a relation of `owner` names: a class, "Model", "app.Model", "self", a setting."""
        if isinstance(target, str):
            return self.referred(owner, target)
        return self.reference_in(owner.symbol.unit, owner, target)

    def referred(self, owner: Model, text: str) -> Model | None:
        return owner if text == "self" else self.by_label(self.label_meant(owner, text), owner.symbol.unit.path)

    def label_meant(self, owner: Model, text: str) -> str:
        """The whole label that a string in a relation means."""
        return text if "." in text else f"{owner.app_label}.{text}"

    def reference_in(self, unit: Unit, owner: Model, expr: s.Expr) -> Model | None:
        """The same for an expression in some module."""
        model, label = self._resolved(unit, owner, expr)
        return model if model is not None or label is None else self.by_label(label, unit.path)

    def target(self, owner: Model, declared: Declared) -> tuple[Model | None, str | None]:
        """The model that a field points at, and its label where it can be said."""
        given = declared.options.get("to")
        if given is None or is_none(given):
            return self._tags(owner, declared)
        if not isinstance(given, Argument):
            return None, None
        if declared.added_by is not None and _is_own_through(given.expr):
            through = self._through(owner, declared.added_by)
            return through, through.label if through is not None else None
        model, label = self._resolved(given.unit, owner, given.expr)
        if model is None and label is not None:
            model = self.by_label(label, owner.symbol.unit.path)
        if model is not None:
            label = model.label
        if owner.abstract and isinstance(given.expr, s.Str) and "." not in given.expr.value:
            return model, given.expr.value  # of an app that is not known before somebody inherits it
        return model, label

    def _tags(self, owner: Model, declared: Declared) -> tuple[Model | None, str | None]:
        """What a TaggableManager points at: the `tag` of its through model, taggit's own where none is given."""
        if not self.names.is_subclass(declared.field_class.symbol, "taggit.managers.TaggableManager"):
            return None, None
        through = self._through(owner, declared)
        tag = through.fields.get("tag") if through is not None else None
        return (tag.related, tag.related_label) if tag is not None else (None, None)

    def _through(self, owner: Model, declared: Declared) -> Model | None:
        """The model between a TaggableManager and its tags."""
        given = declared.options.get("through")
        if isinstance(given, Argument) and not is_none(given):
            return self.reference_in(given.unit, owner, given.expr)
        return self.by_label("taggit.TaggedItem")

    def _resolved(self, unit: Unit, owner: Model, expr: s.Expr) -> tuple[Model | None, str | None]:
        if isinstance(expr, s.Str):
            return (owner, owner.label) if expr.value == "self" else (None, self.label_meant(owner, expr.value))
        setting = self.apps.setting_read(unit, expr)
        if setting is not None:
            default = expr.args[2] if isinstance(expr, s.Call) else None
            return None, self._set_label(setting) or (default.value if isinstance(default, s.Str) else None)
        symbol = self.names.follow(self.names.resolve(unit, expr))
        if isinstance(symbol, ClassSymbol):
            return self.of(symbol), None
        if isinstance(symbol, ValueSymbol):
            if isinstance(symbol.value, (s.Str, s.Call, s.Attr, s.Op)):
                return self._resolved(symbol.unit, owner, symbol.value)
            return None, None
        if isinstance(expr, s.Call):
            return self._called(unit, expr)
        if isinstance(expr, s.Op) and expr.op == "or":  # `getattr(settings, "OWN", None) or settings.AUTH_USER_MODEL`
            found = (self._resolved(unit, owner, operand) for operand in expr.operands)
            return next((each for each in found if each != (None, None)), (None, None))
        text = self.text(Argument(unit, expr)) if not isinstance(expr, (s.Name, s.Attr)) else None
        return None, self.label_meant(owner, text) if text else None

    def _called(self, unit: Unit, call: s.Call) -> tuple[Model | None, str | None]:
        label = self._label_called(unit, call)
        return (self.user, label) if label is not None and label == self.user_labels[-1] else (None, label)

    def _label_called(self, unit: Unit, call: s.Call) -> str | None:
        """The label of the model that a call gives: `get_user_model()`, `apps.get_model(…)`, a project's own `get_model`."""
        symbol = self.names.follow(self.names.resolve(unit, call.func))
        name = self.names.name_of(symbol)
        if name in _GET_USER:
            return self.user_labels[-1]
        texts = [self.apps.text(unit, arg) for arg in call.args[:2]]
        if not texts or not all(texts):
            return None
        if name in _SWAPPER and len(texts) == 2:
            return self._set_label(f"{texts[0]}_{texts[1]}_MODEL".upper()) or f"{texts[0]}.{texts[1]}"
        last = last_name(call.func)
        if last == "get_model":
            on_registry = isinstance(call.func, s.Attr) and self._is_registry(unit, call.func.value)
            if on_registry or isinstance(symbol, FunctionSymbol):
                return ".".join(text for text in texts if text)
        return None

    def class_made(self, unit: Unit, call: s.Call) -> ClassSymbol | None:
        """The class that such a call gives, found without asking which models there are."""
        label = self._label_called(unit, call)
        return self.apps.class_of(label) if label is not None else self._class_imported(unit, call)

    def _class_imported(self, unit: Unit, call: s.Call) -> ClassSymbol | None:
        """`import_string(settings.BASE)`, and a project's own `import_from_setting("BASE", Default)`."""
        if not call.args:
            return None
        symbol = self.names.follow(self.names.resolve(unit, call.func))
        if self.names.name_of(symbol) == "django.utils.module_loading.import_string":
            path = self.apps.text(unit, call.args[0])
        elif isinstance(symbol, FunctionSymbol) and "import_string" in symbol.unit.names:
            path = self.apps.setting(call.args[0].value) if isinstance(call.args[0], s.Str) else None
        else:
            return None
        found = self.names.find(path, unit.path) if path else None
        return found if isinstance(found, ClassSymbol) else None

    def referenced_call(self, unit: Unit, call: s.Call) -> Model | None:
        """The model that `get_user_model()` or `apps.get_model(…)` gives."""
        model, label = self._called(unit, call)
        return model if model is not None or label is None else self.by_label(label, unit.path)

    def _is_registry(self, unit: Unit, expr: s.Expr) -> bool:
        symbol = self.names.resolve(unit, expr)
        if isinstance(symbol, External):
            return symbol.dotted in ("django.apps.apps", "django.apps.registry.apps")
        return isinstance(symbol, ValueSymbol) and symbol.unit.name == "django.apps.registry"

    def _set_label(self, setting: str) -> str | None:
        """The model that a setting names."""
        return self.user_labels[-1] if setting == "AUTH_USER_MODEL" else self.apps.setting(setting)

    def variants(self, field: Field) -> list[Model]:
        """The models that a relation may point at: of several with one label, settings say which is the one."""
        if field.related is None:
            return []
        if field.related.label is None:
            return [field.related]
        found = self.labelled(field.related.label)
        return found if field.related in found else [field.related]

    def unread_relations(self, model: Model) -> str:
        """Which app that was not read may point at a model, "" where none does."""
        unread = self.apps.unread_of_its_own or (self.apps.unread if self.is_pointed_at(model) else ())
        return f"`{unread[0]}` is not known, and may point at it" if unread else ""

    def is_pointed_at(self, model: Model) -> bool:
        """Whether libraries point at a model without knowing the project: the user, and Django's own."""
        if is_django(model.symbol):
            return True
        return model.label is not None and model.label.lower() in self._set_models

    @cached_property
    def _set_models(self) -> frozenset[str]:
        """The models that some setting names."""
        found = {label.lower() for label in self.user_labels}
        for module in self.project.settings.modules:
            for name in module.own:
                if name.endswith("_MODEL"):
                    found.update(text.lower() for text in module.texts(name))
        return frozenset(found)

    # --- what the parts of a model are read with ---

    def body(self, cls: ClassSymbol) -> Body:
        return self.bodies.of(cls)

    @memo
    def is_pinned(self, unit: Unit) -> bool:
        """Whether a module is the project's, of its environment, or of a release that the project's pins allow: methods
        come and go with the versions of a library."""
        if not unit.path.startswith("<"):
            return True
        distribution, _, version = unit.path[1 : unit.path.index(">")].partition(" ")
        return settles(pin(self.project.files, distribution), version)

    def is_base(self, base: Model, model: Model) -> bool:
        """Whether a model is above another; half-typed code may inherit in a circle, where none is."""
        return base is not model and model.symbol not in self.names.mro(base.symbol)[0]

    def is_own_base(self, cls: ClassSymbol) -> bool:
        """Django's `Model` and what it inherits."""
        return is_django(cls) and cls.dotted.startswith(("django.db.models.base.", "django.db.models.utils."))

    @compared("models.own_attributes")
    def own_attributes(self, unit: Unit) -> dict[str, SetOnSelf]:
        """What the methods of a module's classes set on `self`, by the qualified name of those that do."""
        found: dict[str, SetOnSelf] = {}
        for cls in self.names.classes(unit):
            own = set_on_self(cls)
            if own.names or own.is_open:
                found[cls.qualname] = own.and_those_of(found.get(cls.qualname))
        return found

    def touched(self, cls: ClassSymbol) -> list[Body]:
        """What is put on a class from outside its body."""
        return self.touches.of(cls)

    @memo
    def field_class(self, name: str) -> FieldClass:
        symbol = self.names.find(name)
        return self.bodies.field_classes.of(symbol if isinstance(symbol, ClassSymbol) else External(name))

    def text(self, given: Argument) -> str | None:
        return self.apps.text(given.unit, given.expr)

    def table_read(self, given: Argument) -> str | None:
        """The table in `Other._meta.db_table`."""
        expr = given.expr
        if isinstance(expr, s.Attr) and expr.name == "db_table" and isinstance(expr.value, s.Attr):
            if expr.value.name == "_meta":
                other = self.of(self.names.follow(self.names.resolve(given.unit, expr.value.value)))
                return other.db_table if other is not None else None
        return None

    def truth(self, given: Argument) -> bool | None:
        """Whether an argument is true, None where that cannot be said."""
        from linter.project.constants import Number

        if isinstance(given.expr, s.Lit):
            return bool(given.expr.value)
        values = self.project.settings.constants.expression(given.unit, given.expr)
        if len(values) == 1 and isinstance(values[0], Number):
            return bool(values[0].value)
        return None


def _is_own_through(expr: s.Expr) -> bool:
    """`self.through`, in the method of a field."""
    return isinstance(expr, s.Attr) and expr.name == "through" and isinstance(expr.value, s.Name)


def _key(app_label: str, name: str) -> str:
    return f"{app_label}.{name.lower()}"


def _nearness(path: str, other: str) -> int:
    shared = 0
    for a, b in zip(path.split("/"), other.split("/"), strict=False):
        if a != b:
            break
        shared += 1
    return shared
