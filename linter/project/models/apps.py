"""Django's apps: what INSTALLED_APPS names, their labels, and the app that a module belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname
from typing import TYPE_CHECKING, NamedTuple

from linter.facts import syntax as s
from linter.facts.files import LockFile
from linter.project.constants import Text
from linter.project.models.expressions import calls
from linter.project.names import last_name
from linter.project.requirements.pins import is_exact, pin
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, External, FunctionSymbol, ModuleSymbol, Unit, ValueSymbol, walk
from linter.source import Unreadable

if TYPE_CHECKING:
    from linter.project import Project

APP_CONFIG = ("django.apps.AppConfig", "django.apps.config.AppConfig")
_ASKING = (".txt", ".in", "pyproject.toml", "Pipfile", "setup.cfg", "setup.py")
_WORDS = re.compile(r"[A-Za-z][\w.-]*")


class App(NamedTuple):
    """`name` is the dotted name of the app's package. `installed`: some settings module lists it."""

    name: str
    label: str
    auto_field: str | None  # its own default_auto_field
    installed: bool
    unit: Unit | None  # a module at the top of its package, where its source is known

    @property
    def folder(self) -> str:
        return dirname(self.unit.path) if self.unit is not None else ""


class Apps:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names

    # --- what is installed ---

    @cached_property
    def is_known(self) -> bool:
        """Whether the project's settings say which of its apps are installed. A reusable app has none, and some list only
        what others wrote: every app is taken to be installed then."""
        if not any(module.get("INSTALLED_APPS") for module in self.project.settings.modules):
            return False
        return any(self._has_models(folder) for folder in self._by_folder) or not any(
            path.endswith(("/models.py", "/models/__init__.py")) for path in self.project.python_paths
        )

    def _has_models(self, folder: str) -> bool:
        prefix = f"{folder}/" if folder else ""
        return any(f"{prefix}{name}" in self.project.files for name in ("models.py", "models/__init__.py"))

    @cached_property
    def are_all_named(self) -> bool:
        """Whether every list of installed apps could be read to its end."""
        listing = [module for module in self.project.settings.modules if module.get("INSTALLED_APPS")]
        return all(module.knows_all("INSTALLED_APPS") for module in listing)

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """Why there may be models that are not seen: apps whose source is not known, lists that could not be read."""
        found = [app.name for app in self.installed if self._is_unread(app)]
        for module in self.project.settings.modules:
            if module.get("INSTALLED_APPS") and not module.knows_all("INSTALLED_APPS"):
                if not module.texts("INSTALLED_APPS") or self._is_computed(module.unit):
                    found.append(f"INSTALLED_APPS of {module.path}")
        return tuple(found)

    def _is_unread(self, app: App) -> bool:
        """Whether an app may have models that are not seen. The catalogue leaves out of a package what has none."""
        if app.unit is not None:
            return False
        package = self.names.module(app.name.partition(".")[0])
        return (
            package is None or not package.path.startswith("<") or self.names.module(f"{app.name}.models") is not None
        )

    @cached_property
    def unread_of_its_own(self) -> tuple[str, ...]:
        """Installed apps that were not read and that no requirement brings: whoever wrote them for this project knows its
        models, and may point at any. Nothing is said where there are no requirements."""
        found = [app.name for app in self.installed if self._is_unread(app)]
        return tuple(name for name in found if not self._is_required(name)) if found and self._required else ()

    def _is_required(self, app: str) -> bool:
        """Whether a requirement is called like the package of an app: `django-gravatar2` brings `django_gravatar`, and
        `django-celery` brings `djcelery`."""
        package = app.partition(".")[0]
        letters = _letters(package)
        called = (letters, re.sub("^dj(?!ango)", "django", letters))
        return self.names.module(package) is not None or any(name in self._required for name in called)

    @cached_property
    def _required(self) -> str:
        """The names of all that is required, and of all that the files say which ask for it."""
        files = self.project.files
        asking = [path for path in files if path.endswith(_ASKING)] if self.project.requirements.paths else []
        said = [self._text(path) for path in asking]
        locked = (name for facts in files.values() if isinstance(facts, LockFile) for name in facts.versions)
        return " ".join(map(_letters, _WORDS.findall(" ".join((*said, *locked)))))

    def _text(self, path: str) -> str:
        try:
            return self.project.source(path).text
        except Unreadable:
            return ""  # it was said already that it cannot be read

    def _is_computed(self, unit: Unit) -> bool:
        """Whether functions of the project have a hand in the list. What else was not read comes from outside the source
        (plugins, the environment): nothing in the project can speak of the models of such an app."""
        for node, _ in walk(unit.module.body):
            value: s.Expr | None = None
            if isinstance(node, (s.Assign, s.AugAssign)):
                targets = node.targets if isinstance(node, s.Assign) else (node.target,)
                if any(isinstance(target, s.Name) and target.id == "INSTALLED_APPS" for target in targets):
                    value = node.value
            elif isinstance(node, s.ExprStmt) and isinstance(node.value, s.Call):
                func = node.value.func
                if isinstance(func, s.Attr) and isinstance(func.value, s.Name) and func.value.id == "INSTALLED_APPS":
                    value = node.value
            if value is not None and any(self._is_own(unit, call) for call in calls(value)):
                return True
        return False

    def _is_own(self, unit: Unit, call: s.Call) -> bool:
        """A call of one of the project's functions."""
        symbol = self.names.follow(self.names.resolve(unit, call.func))
        return isinstance(symbol, FunctionSymbol) and not symbol.unit.is_library

    @cached_property
    def installed(self) -> tuple[App, ...]:
        found: dict[str, App] = {}
        for module in self.project.settings.modules:
            for entry in module.texts("INSTALLED_APPS"):
                app = self._entry(entry, module.path)
                found.setdefault(app.name, app)
        return tuple(found.values())

    def _entry(self, entry: str, importer: str) -> App:
        symbol = self.names.find(entry, importer)
        if isinstance(symbol, ClassSymbol):
            return self._configured(symbol, entry.rpartition(".")[0].removesuffix(".apps"), importer)
        package = symbol.unit if isinstance(symbol, ModuleSymbol) else self._in_namespace(entry, importer)
        if package is not None:
            return self._package(entry, package, importer)
        # Not read. `sentry.apps.SentryConfig` is a configuration class by convention only.
        name = entry
        if entry.rpartition(".")[2][:1].isupper():
            name = entry.rpartition(".")[0].removesuffix(".apps")
        return App(name, name.rpartition(".")[2], None, True, None)

    def _in_namespace(self, name: str, importer: str) -> Unit | None:
        """A module of an app whose folder has no `__init__.py`."""
        for module in ("apps", "models"):
            unit = self.names.module(f"{name}.{module}", importer)
            if unit is not None:
                return unit
        return None

    def _package(self, name: str, unit: Unit | None, importer: str, installed: bool = True) -> App:
        """An app named by its package: its `apps` module may hold the one configuration that is used."""
        apps = self.names.module(f"{name}.apps", importer)
        configs = list(self._configs(apps)) if apps is not None else []
        if len(configs) > 1:
            configs = [c for c in configs if self._is_default(c)]
        if len(configs) == 1:
            return self._configured(configs[0], name, importer, installed)
        return App(name, name.rpartition(".")[2], None, installed, unit)

    def _configs(self, apps: Unit) -> Iterator[ClassSymbol]:
        for cls in self.names.classes(apps):
            if self.names.is_subclass(cls, *APP_CONFIG):
                yield cls

    def _is_default(self, config: ClassSymbol) -> bool:
        value = getattr(config.member("default"), "value", None)
        return isinstance(value, s.Lit) and value.value is True

    def _configured(self, config: ClassSymbol, fallback: str, importer: str, installed: bool = True) -> App:
        name = self._attribute(config, "name") or fallback
        label = self._attribute(config, "label") or name.rpartition(".")[2]
        package = self.names.module(name, importer) or self._in_namespace(name, importer)
        return App(name, label, self._attribute(config, "default_auto_field"), installed, package)

    def _attribute(self, config: ClassSymbol, name: str) -> str | None:
        """A string attribute of a configuration class or its bases."""
        for cls in self.names.mro(config)[0]:
            if isinstance(cls, ClassSymbol) and cls.dotted not in APP_CONFIG:
                node = cls.member(name)
                if isinstance(node, s.Assign) and node.value is not None:
                    return self.text(cls.unit, node.value)
        return None

    def text(self, unit: Unit, expr: s.Expr) -> str | None:
        """The one string that an expression of a module is, None where that cannot be said."""
        if isinstance(expr, s.Str):
            return expr.value
        if isinstance(expr, (s.Name, s.Attr)):
            symbol = self.names.follow(self.names.resolve(unit, expr))
            if isinstance(symbol, ValueSymbol) and isinstance(symbol.value, (s.Str, s.Call)):
                if len(symbol.unit.names.get(last_name(expr), ())) == 1:
                    return self.text(symbol.unit, symbol.value)
        setting = self.setting_read(unit, expr)
        if setting is not None:
            default = expr.args[2] if isinstance(expr, s.Call) else None
            return self.setting(setting) or (default.value if isinstance(default, s.Str) else None)
        if isinstance(expr, s.Call) and len(expr.args) == 1 and self._translates(unit, expr.func):
            return self.text(unit, expr.args[0])
        values = self.project.settings.constants.expression(unit, expr)
        if len(values) == 1 and isinstance(values[0], Text) and values[0].complete:
            return values[0].value
        return None

    def _translates(self, unit: Unit, func: s.Expr) -> bool:
        """`_("parent_bay")`: names are made when models are, and then no language is chosen yet."""
        symbol = self.names.resolve(unit, func)
        if isinstance(symbol, (ValueSymbol, FunctionSymbol)):
            return symbol.unit.name == "django.utils.translation"
        return self.names.name_of(symbol).startswith("django.utils.translation.")

    def setting(self, name: str) -> str | None:
        """A setting's string in the settings module that is used by default.

        Of alternatives the last is what holds where nothing else is asked for: `if os.environ.get(…): … else: …`."""
        for module in self.project.settings.modules:
            if module.get("INSTALLED_APPS"):
                return next(iter(module.texts(name)[::-1]), None)
        return None

    def setting_read(self, unit: Unit, expr: s.Expr) -> str | None:
        """The name of the setting in `settings.NAME` and `getattr(settings, "NAME", default)`."""
        if isinstance(expr, s.Attr) and expr.name.isupper() and self._is_settings(unit, expr.value):
            return expr.name
        if isinstance(expr, s.Call) and isinstance(expr.func, s.Name) and expr.func.id == "getattr":
            if len(expr.args) == 3 and isinstance(expr.args[1], s.Str) and self._is_settings(unit, expr.args[0]):
                return expr.args[1].value
        return None

    def _is_settings(self, unit: Unit, expr: s.Expr) -> bool:
        symbol = self.names.resolve(unit, expr)
        if isinstance(symbol, External):
            return symbol.dotted == "django.conf.settings"
        return isinstance(symbol, ValueSymbol) and symbol.unit.name == "django.conf"

    def class_of(self, label: str) -> ClassSymbol | None:
        """The class of a label, looked up in its app's module of models alone: for where the models are not known yet."""
        app_label, _, name = label.rpartition(".")
        app = self.labelled(app_label)
        unit = self.names.module(f"{app.name}.models") if app is not None else None
        symbol = self.names.follow(self.names.lookup(unit, name)) if unit is not None else None
        return symbol if isinstance(symbol, ClassSymbol) else None

    # --- the app of a module ---

    @cached_property
    def _by_folder(self) -> dict[str, App]:
        found: dict[str, App] = {}
        for app in self.installed:
            if app.unit is not None and not app.unit.is_library:
                found.setdefault(app.folder, app)
        return found

    @cached_property
    def _by_module(self) -> dict[str, App]:
        return {app.name: app for app in self.installed}

    def of(self, unit: Unit) -> App:
        """The app that the models of a module belong to."""
        if unit.is_library:
            return self._of_library(unit.name)
        return self.of_folder(dirname(unit.path))

    @memo
    def of_folder(self, folder: str) -> App:
        """The installed app around a folder of the project, else the nearest package that looks like an app."""
        outer = folder
        while True:
            if outer in self._by_folder:
                return self._by_folder[outer]
            if not outer:
                break
            outer = dirname(outer)
        outer = folder
        while outer:
            if any(f"{outer}/{name}" in self.project.files for name in ("models.py", "models/__init__.py", "apps.py")):
                return self._guess(outer)
            outer = dirname(outer)
        return self._guess(folder)

    def _guess(self, folder: str) -> App:
        inside = (f"{folder}/{name}" for name in ("__init__.py", "models.py", "apps.py"))
        unit = next((found for path in inside if (found := self.project.unit(path)) is not None), None)
        name = folder.replace("/", ".")
        if unit is not None:
            name = unit.name if unit.path.endswith("__init__.py") else unit.name.rpartition(".")[0]
        return self._package(name, unit, f"{folder}/", installed=not self.is_known)._replace(unit=unit)

    @memo
    def _of_library(self, module: str) -> App:
        name = module
        while name:
            if name in self._by_module:
                return self._by_module[name]
            name = name.rpartition(".")[0]
        name = module
        while "." in name:
            package, _, last = name.rpartition(".")
            if last in ("models", "apps") or self.names.module(f"{package}.apps") is not None:
                return self._package(package, self.names.module(package), "", installed=False)
            name = package
        return App(module, module.rpartition(".")[2], None, False, None)

    @memo
    def labelled(self, label: str) -> App | None:
        """The installed app of a label; Django's own apps are known even where no settings are."""
        for app in self.installed:
            if app.label == label:
                return app
        if not self.is_known:
            package = f"django.contrib.{label}"
            unit = self.names.module(package)
            if unit is not None:
                return self._package(package, unit, "", installed=False)
        return None

    def is_auto_field_sure(self, app: App) -> bool:
        """Whether the class of automatic keys is known: Django's own default depends on its version, and a project that
        allows several may run with any."""
        if app.auto_field is not None or self.setting("DEFAULT_AUTO_FIELD") is not None:
            return True
        unit = self.names.module("django.conf.global_settings")
        return unit is not None and (not unit.path.startswith("<") or is_exact(pin(self.project.files, "django")))

    def auto_field(self, app: App) -> str:
        """The full name of the class of automatic primary keys."""
        if app.auto_field is not None:
            return app.auto_field
        configured = self.setting("DEFAULT_AUTO_FIELD")
        if configured is not None:
            return configured
        defaults = self.names.module("django.conf.global_settings")
        node = defaults.names.get("DEFAULT_AUTO_FIELD") if defaults is not None else None
        value = getattr(node[-1].node, "value", None) if node else None
        return value.value if isinstance(value, s.Str) else "django.db.models.AutoField"


def _letters(name: str) -> str:
    return re.sub(r"[-_.\d]", "", name).lower()
