"""Templates that are asked for by a name that no file of the project has, where nothing else could have it.

A library brings templates too, and those are not seen. But it keeps them in folders of its own name, so a name whose first
folder holds templates of the project, and is no part of the name of an app or package of others, is the project's to give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath, splitext
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.facts import template as t
from linter.project.constants import DictValue, ListValue, UnknownValue, Value, texts
from linter.project.contexts import render_calls
from linter.project.flow import views
from linter.project.flow.names import is_django
from linter.project.imports.modules import is_test
from linter.project.templates.names import engines
from linter.project.templates.text import blanked, bytes_of
from linter.project.trace import cached_property, memo
from linter.project.types import Function, LibraryThing, members
from linter.project.units import Unit
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.flow.scopes import Scope

_LOADING = frozenset({"get_template", "select_template"})
GATES = (*render_calls.GATES, "template_name", "View")  # of `extract.python.GATES`, which knows no `get_template`
_OWN_LOADERS = (
    "django.template.loaders.filesystem",
    "django.template.loaders.app_directories",
    "django.template.loaders.cached",
)
# Words of code that finds templates, or does without them, in its own way.
_OTHER_LOADERS = ("BaseLoader", "FunctionLoader", "DictLoader", "jinja_loader", "jinja2_loader", "PrefixLoader")
_CATCHING = ("TemplateDoesNotExist", "TemplateNotFound", "TemplateError")
COMMENTS = re.compile(r"\{#.*?#\}|\{%-?\s*comment\b.*?\{%-?\s*endcomment\s*-?%\}|<!--.*?-->", re.S)


class Absent(msgspec.Struct, frozen=True):
    """`names`: all that one place asks for, none of which is there; `span` is where it names them."""

    names: tuple[str, ...]
    span: Span
    is_jinja: bool


class Finder:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.templates = project.templates

    # --- where templates are asked for ---

    @memo
    def in_template(self, path: str) -> tuple[Absent, ...]:
        links = {link.name for link in self.templates.header(path).links if link.kind in ("include", "extends")}
        wanted = [name for name in sorted(links) if name and not self.exists(name, path)]
        if not wanted or not self.templates.names.of(path) or self._has_own_delimiters:
            return ()
        is_jinja = self.templates.is_jinja(path)
        return tuple(
            Absent((name,), span, is_jinja)
            for name in wanted
            if self.is_ours(self._full(name, path), is_jinja)
            for span in self._spans(path, name)
        )

    @cached_property
    def _has_own_delimiters(self) -> bool:
        return self.project.configured_delimiters != t.DEFAULT_DELIMITERS or bool(
            self.templates.environments.environments
        )

    def _spans(self, path: str, name: str) -> Iterator[Span]:
        """Where a tag names a template; `ignore missing` does not mind."""
        text = blanked(self.project.source(path).text, COMMENTS)
        tag = re.compile(
            rf"\{{%[-+]?\s*(?:include|extends)\s+([\"']{re.escape(name)}[\"'])(?=\s|[-+]?%)(.*?)%\}}", re.S
        )
        for match in tag.finditer(text):
            if "ignore" not in match[2]:
                yield bytes_of(text, *match.span(1))

    @memo
    def in_code(self, path: str) -> tuple[Absent, ...]:
        unit = self.project.unit(path)
        if unit is None or is_test(path) or not self.templates.paths:
            return ()
        if not any(gate in unit.module.uses for gate in GATES) and not any(map(unit.mentions, _LOADING)):
            return ()
        found = [absent for absent in self._in_unit(unit) if self._is_absent(absent)]
        return tuple(found) if found and not any(map(unit.mentions, _CATCHING)) else ()

    def _is_absent(self, absent: Absent) -> bool:
        return not any(map(self.exists, absent.names)) and self.is_ours(absent.names, absent.is_jinja)

    def _in_unit(self, unit: Unit) -> Iterator[Absent]:
        for last in sorted(render_calls.LAST_NAMES | _LOADING):
            for call, scope in self.project.flow.calls_named(unit, last):
                if any(self._may_be_absent(arg) for arg in (*call.args, *(k.value for k in call.keywords))):
                    named, is_jinja = self._named(call, last, scope)
                    span = unit.span(getattr(named, "at", s.NOWHERE), scope.activation.function)
                    yield Absent(_texts(named), span, is_jinja)
        for cls in self.project.names.classes(unit):
            node = cls.member("template_name")
            value = node.value if isinstance(node, s.Assign) else None
            if isinstance(value, s.Str) and views.view_bases(self.project.flow, cls) & views.CONTEXT:
                yield Absent((value.value,), unit.span(value.at, cls.function), False)

    def _may_be_absent(self, arg: s.Expr) -> bool:
        """Asked first, of every argument: most calls name what is there."""
        names = _texts(arg)
        return bool(names) and "." in names[0] and not any(map(self.exists, names))

    def _named(self, call: s.Call, last: str, scope: Scope) -> tuple[s.Expr | None, bool]:
        """What names the template in a call that loads one, and whether Jinja is asked."""
        found = render_calls.render_call(self.project.flow, call, scope)
        if found is not None:
            return found.name, found.engine == "jinja"
        for member in members(self.project.flow.expression(scope, call.func)) if last in _LOADING else ():
            dotted = member.dotted if isinstance(member, LibraryThing) else ""
            if isinstance(member, Function):
                dotted = member.symbol.dotted
            if is_django(dotted, "template", last):
                return call.args[0] if call.args else None, False
        return None, False

    # --- whether a template is there ---

    def _full(self, name: str, near: str) -> tuple[str, ...]:
        """A name as loaders are given it: relative ones go from the template that uses them."""
        if not name.startswith(("./", "../")):
            return (normpath(name),)
        return tuple(normpath(join(dirname(own), name)) for own in self.templates.names.of(near))

    def exists(self, name: str, near: str = "") -> bool:
        """Whether any file could be meant, whatever folder it lies in."""
        return bool(self.templates.names.find(name, near)) or any(map(self._lies_somewhere, self._full(name, near)))

    @memo
    def _lies_somewhere(self, name: str) -> bool:
        return any(f"/{path}".endswith(f"/{name}") for path in self.project.files)

    def is_ours(self, names: tuple[str, ...], is_jinja: bool) -> bool:
        """Whether only the project could have a template of each of these names."""
        if not names or not (self._jinja_is_closed if is_jinja else self._django_is_closed):
            return False
        return all(self._is_own(name) for name in names)

    def _is_own(self, name: str) -> bool:
        folder, slash, _ = name.partition("/")
        if not slash or "#" in name or folder.startswith("."):
            return False
        return (folder, splitext(name)[1]) in self._own and folder.lower() not in self._others

    @cached_property
    def _own(self) -> frozenset[tuple[str, str]]:
        """The first folders of the names of the project's templates, with the suffixes that stand there."""
        names = [name for path in self.templates.paths for name in self.templates.names.of(path) if not is_test(path)]
        return frozenset((name.partition("/")[0], splitext(name)[1]) for name in names if "/" in name)

    @cached_property
    def _others(self) -> frozenset[str]:
        """Words that a library's own folder of templates may be called by."""
        found = {"django", "admin", "registration"}  # contrib.auth has its templates in the last
        for app in self.project.models.apps.installed:
            if app.unit is None or app.unit.is_library:
                found.update((app.label, *re.split(r"[._]", app.name), *app.name.split("."), app.name.replace(".", "")))
        for path in self.project.python_paths:
            unit = self.project.unit(path)
            for node, _ in unit.statements if unit is not None else ():
                if isinstance(node, (s.Import, s.ImportFrom)) and not getattr(node, "level", 0):
                    top = node.module.partition(".")[0]
                    if self.project.modules.find(top) is None and not self.project.modules.is_namespace(top):
                        found.update((top, *top.split("_")))
        return frozenset(word.lower() for word in found)

    # --- whether all that gives templates is known ---

    @cached_property
    def _django_is_closed(self) -> bool:
        apps = self.project.models.apps
        if not apps.is_known or not apps.are_all_named:
            return False
        found = [e for module in self.project.settings.modules for e in engines(module.get("TEMPLATES"))]
        return bool(found) and all(map(_is_read, found))

    @cached_property
    def _jinja_is_closed(self) -> bool:
        return not any(unit.mentions(word) for unit in self.project.units() for word in _OTHER_LOADERS)


def _is_read(engine: DictValue) -> bool:
    """Whether an engine of TEMPLATES searches nothing but folders that are known."""
    if not all(map(_is_known, engine.get("DIRS") or ())):
        return False
    for options in engine.get("OPTIONS") or ():
        if not isinstance(options, DictValue):
            return False
        loaders = options.get("loaders") or ()
        if not all(text.value.startswith(_OWN_LOADERS) for text in texts(loaders)):
            return False
    return True


def _texts(expr: s.Expr | None) -> tuple[str, ...]:
    """The names that a literal gives, () where it is none."""
    if isinstance(expr, s.Str):
        return (expr.value,)
    if isinstance(expr, s.Seq) and all(isinstance(item, s.Str) for item in expr.items):
        return tuple(item.value for item in expr.items if isinstance(item, s.Str))
    return ()


def _is_known(value: Value) -> bool:
    if isinstance(value, ListValue):
        return not value.is_open and all(_is_known(v) for item in value.items for v in item)
    return not isinstance(value, UnknownValue)
