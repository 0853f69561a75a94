"""Templates: which file a name means, how they hang together, and what each path in them is, whoever renders them.

A template is read once, with the union of all contexts that reach it: from each call that renders it, from the templates
that include it, from those that extend it. So a path is what it is in any of them, and what is missing is missing in all.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from linter.extract.templates import extract_template
from linter.facts import template as t
from linter.facts.files import TemplateFile
from linter.project.constants import texts
from linter.project.templates.absent import Finder as AbsentFinder
from linter.project.templates.context import OPEN, Context, hope, join
from linter.project.templates.declared import declared
from linter.project.templates.environments import Environments
from linter.project.templates.evaluation import Evaluation, Evaluator, Read, dotted, paths_in, root_of
from linter.project.templates.graph import Graph
from linter.project.templates.lookup import Lookup
from linter.project.templates.missing import Finder
from linter.project.templates.names import Names, engines, settings_folders
from linter.project.templates.nothing import Finder as NothingFinder
from linter.project.templates.overrides import Finder as OverrideFinder
from linter.project.templates.permissions import Finder as PermissionFinder
from linter.project.templates.repeated import Finder as RepeatedFinder
from linter.project.templates.tags import Library, TagLibraries
from linter.project.templates.uncalled import Finder as UncalledFinder
from linter.project.trace import cached_property, memo, note
from linter.project.types import MOST_MEMBERS, STR, UNKNOWN, DictType, Type
from linter.project.units import FunctionSymbol
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.contexts import Render

MOST_RENDERS = MOST_MEMBERS  # more types than a union holds are as good as unknown
MOST_ROUNDS = 6  # what still changes after so many readings of templates that show each other is not known

# What Django's own handlers render when a request fails, and with what.
_HANDLED = frozenset({"400.html", "403.html", "404.html", "500.html", "403_csrf.html"})
_FAILURE = DictType((("request_path", STR), ("exception", UNKNOWN), ("reason", STR)))

_JINJA_SUFFIXES = (".jinja", ".jinja2", ".j2")
_decode = msgspec.msgpack.Decoder(t.Template).decode
_decode_header = msgspec.msgpack.Decoder(t.Header).decode


class Templates:
    def __init__(self, project: Project) -> None:
        self.project = project

    # --- files ---

    @property
    def paths(self) -> tuple[str, ...]:
        return self.names.paths

    @cached_property
    def environments(self) -> Environments:
        return Environments(self.project)

    @cached_property
    def names(self) -> Names:
        folders = {
            *self.project.configured_template_folders,
            *self.environments.folders,
            *settings_folders(self.project),
        }
        return Names(self.project, folders)

    @cached_property
    def libraries(self) -> TagLibraries:
        return TagLibraries(self.project)

    @memo
    def template(self, path: str) -> t.Template:
        """What a template says, read with its own delimiters."""
        for delimiters, folders in self._delimiters:
            if any(path.startswith(f"{folder}/" if folder else "") for folder in folders):
                return extract_template(self.project.source(path).data, delimiters)
        for delimiters, folders in self._delimiters:
            if not folders and self._is_written_with(path, delimiters):
                return extract_template(self.project.source(path).data, delimiters)
        return self._usual(path)

    def _usual(self, path: str) -> t.Template:
        note(self.project.bits[path])
        facts = self.project.files[path]
        assert isinstance(facts, TemplateFile)
        return _decode(facts.template)

    @cached_property
    def _delimiters(self) -> list[tuple[t.Delimiters, tuple[str, ...]]]:
        """Other delimiters than the usual ones, with the folders that they are for, () where that is not said."""
        configured = self.project.configured_delimiters
        given = [(configured, ())] if configured != t.DEFAULT_DELIMITERS else []
        found = [*given, *self.environments.environments]
        return [(d, tuple(f for f in folders if self._holds_templates(f))) for d, folders in found]

    def _holds_templates(self, folder: str) -> bool:
        return any(path.startswith(f"{folder}/" if folder else "") for path in self.names.paths)

    def _is_written_with(self, path: str, delimiters: t.Delimiters) -> bool:
        """Whether a text uses what is unlike the usual delimiters."""
        usual = t.DEFAULT_DELIMITERS
        marks = {delimiters.variable_start, delimiters.block_start} - {usual.variable_start, usual.block_start}
        text = self.project.source(path).text
        return any(mark in text for mark in marks)

    def header(self, path: str) -> t.Template | t.Header:
        if self._delimiters:
            return self.template(path)
        facts = self.project.files[path]
        assert isinstance(facts, TemplateFile)
        return _decode_header(facts.template)

    def span(self, path: str, at: int) -> Span:
        spans = self.template(path).spans
        return Span(spans[2 * at], spans[2 * at + 1])

    # --- engines ---

    @memo
    def is_jinja(self, path: str) -> bool:
        """Whether Jinja renders a template; where its text could be either's, its place and the project decide."""
        syntax = self.header(path).syntax
        if syntax != "either":
            return syntax == "jinja"
        folders = path.split("/")[:-1]
        if path.endswith(_JINJA_SUFFIXES) or not {"jinja2", "jinja"}.isdisjoint(folders):
            return True
        return not self._has_django_engine

    @cached_property
    def _has_django_engine(self) -> bool:
        """Whether settings configure Django's own engine; a Django project or app without settings has it too."""
        settings = self.project.settings.modules
        backends = {
            text.value
            for module in settings
            for engine in engines(module.get("TEMPLATES"))
            for text in texts(engine.get("BACKEND") or ())
        }
        if backends:
            return any("DjangoTemplates" in backend for backend in backends)
        if settings or any(path.endswith("manage.py") for path in self.project.files):
            return True
        return any(b"django.shortcuts" in unit.facts.module for unit in self.project.units())

    @cached_property
    def graph(self) -> Graph:
        return Graph(self)

    @cached_property
    def missing(self) -> Finder:
        return Finder(self.project)

    @cached_property
    def absent(self) -> AbsentFinder:
        return AbsentFinder(self.project)

    @cached_property
    def uncalled(self) -> UncalledFinder:
        return UncalledFinder(self.project)

    @cached_property
    def nothing(self) -> NothingFinder:
        return NothingFinder(self.project)

    @cached_property
    def repeated(self) -> RepeatedFinder:
        return RepeatedFinder(self.project)

    @cached_property
    def overrides(self) -> OverrideFinder:
        return OverrideFinder(self.project)

    @cached_property
    def permissions(self) -> PermissionFinder:
        return PermissionFinder(self.project)

    # --- evaluation ---

    def evaluation(self, path: str, hopeful: bool = False) -> Evaluation:
        """What reading a template came to; `hopeful` goes by what some of its contexts are known to give."""
        return self._evaluations(self.graph.circle(path), hopeful)[path]

    @memo
    def _evaluations(self, circle: tuple[str, ...], hopeful: bool) -> dict[str, Evaluation]:
        joined = hope if hopeful else join
        outside = {path: list(self._from_outside(path, circle, hopeful)) for path in circle}
        # In a circle that somebody shows, nothing is known of the others until they are handed something.
        contexts = {path: joined(found) for path, found in outside.items() if found}
        contexts = contexts or dict.fromkeys(circle, OPEN)
        evaluations = {path: self._evaluate(path, context) for path, context in contexts.items()}
        if len(circle) == 1 and circle[0] not in self.graph.showing(circle[0]):
            return evaluations
        for round_ in range(MOST_ROUNDS):
            handed = {path: [*outside[path], *self._from_inside(path, evaluations)] for path in circle}
            grown = {path: joined(found) for path, found in handed.items() if found}
            if grown == contexts:
                break
            if round_ >= MOST_ROUNDS - 2:
                grown = {path: _stable(contexts.get(path, OPEN), context) for path, context in grown.items()}
            contexts = grown
            evaluations = {path: self._evaluate(path, context) for path, context in contexts.items()}
        return {path: evaluations.get(path) or self._evaluate(path, OPEN) for path in circle}

    def _from_inside(self, path: str, evaluations: dict[str, Evaluation]) -> Iterator[Context]:
        for source, evaluation in evaluations.items():
            yield from self._handed(evaluation, path, source)

    def _from_outside(self, path: str, circle: tuple[str, ...], hopeful: bool) -> Iterator[Context]:
        """The contexts that calls in the code, and templates outside the circle, give a template."""
        yield from self.rendered(path, hopeful)
        for source in self.graph.showing(path):
            if source not in circle:
                yield from self._handed(self.evaluation(source, hopeful), path, source)
        if hopeful and self.project.settings.modules:
            yield Context(dict(self.project.contexts.globals().items), True)

    def rendered(self, path: str, hopeful: bool = False) -> Iterator[Context]:
        """The contexts of the calls that render a template, and of Django itself when a request fails."""
        renders = list(islice(self.renders(path), MOST_RENDERS + 1))
        if len(renders) > MOST_RENDERS and not hopeful:  # a template for everything, of which nothing could be said
            yield Context(dict(self.project.contexts.globals().items), True)
            return
        for render in renders:
            if render.engine == "jinja":  # what an application gives to all its templates is not said in one place
                yield Context(dict(render.context.items), True)
            else:
                yield self._django_context(render.context)
        if not _HANDLED.isdisjoint(self.names.of(path)) and not self.is_jinja(path):
            yield self._django_context(_FAILURE)

    def _django_context(self, given: DictType) -> Context:
        kind = self.project.contexts.globals().updated(given)
        return Context(dict(kind.items), kind.is_open)

    def renders(self, path: str) -> Iterator[Render]:
        """The places in code that render a template. An inclusion tag's function is none where its uses are seen: they
        say what it is given."""
        has_uses = path in self.graph.inclusions
        for name in self.names.of(path):
            for render in self.project.contexts.renders_of(name):
                is_tag = isinstance(render.view, FunctionSymbol) and render.span == render.view.span
                if path in self.names.find(name, render.path) and not (has_uses and is_tag):
                    yield render

    def _handed(self, evaluation: Evaluation, path: str, source: str) -> Iterator[Context]:
        for handed in evaluation.handed:
            if handed.path == path or (handed.name and path in self.names.find(handed.name, source)):
                yield handed.context

    def _evaluate(self, path: str, context: Context) -> Evaluation:
        template = self.template(path)
        is_jinja = self.is_jinja(path)
        library = Library(None if is_jinja else self.libraries)
        lookup = Lookup(self.project.flow, is_jinja)
        evaluator = Evaluator(lookup, library, context, self.graph.bound_above(path), _Surroundings(self, path))
        return evaluator.template(template.nodes)

    @memo
    def declared(self, path: str) -> dict[str, Type]:
        """What a template's own comments say of its variables."""
        return declared(self.project, path)

    @memo
    def mentions(self, path: str) -> frozenset[str]:
        """Every variable that a template asks for."""
        paths = [root_of(found) for found in paths_in(self.template(path).nodes)]
        return frozenset(root.id for root in paths if isinstance(root, t.Name))

    def reads(self, path: str) -> list[Read]:
        """Every dotted path of a template, in order; those that are never shown are not known."""
        found = dict(self.evaluation(path).reads)
        for attr in paths_in(self.template(path).nodes):
            if isinstance(attr, t.Attr) and attr.at not in found and dotted(attr):
                found[attr.at] = Read(attr, UNKNOWN, UNKNOWN)
        spans = self.template(path).spans
        return sorted(found.values(), key=lambda read: spans[2 * read.path.at])


class _Surroundings(msgspec.Struct, frozen=True):
    templates: Templates
    path: str

    def find(self, name: str) -> tuple[str, ...]:
        return self.templates.names.find(name, self.path)

    @property
    def declared(self) -> dict[str, Type]:
        return self.templates.declared(self.path)

    def mentions(self, path: str) -> frozenset[str]:
        return self.templates.mentions(path)


def _stable(before: Context, after: Context) -> Context:
    """What two rounds agree on; the rest keeps growing and is not known."""
    changed = [name for name, kind in after.names.items() if before.names.get(name, UNKNOWN) != kind]
    return after.forget(changed)


__all__ = ["Templates"]
