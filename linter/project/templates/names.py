"""Which file a template name means: every folder that a loader searches is a root, and a name goes from there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from linter.facts.files import TemplateFile
from linter.project.constants import DictValue, ListValue, PathValue, Text, Value, Values
from linter.project.imports.modules import MARKERS
from linter.project.trace import cached_property

if TYPE_CHECKING:
    from linter.project import Project

# Django's and Flask's own names for the folders of templates inside an app or a package.
FOLDERS = frozenset({"templates", "template", "jinja2", "jinja"})


class Names:
    def __init__(self, project: Project, folders: Iterable[str]) -> None:
        """`folders`: those that configuration, settings or code name, relative to the project."""
        self.paths = tuple(sorted(p for p, facts in project.files.items() if isinstance(facts, TemplateFile)))
        self.folders = frozenset(folders)
        self._marked = {dirname(path) for path in project.files if path.rpartition("/")[2] in MARKERS}

    @cached_property
    def _by_name(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for path in self.paths:
            for name in self.of(path):
                found.setdefault(name, []).append(path)
        return {name: tuple(paths) for name, paths in found.items()}

    def of(self, path: str) -> tuple[str, ...]:
        """Every name that a file can be loaded by."""
        found: list[str] = []
        folder = dirname(path)
        while folder:
            if folder.rpartition("/")[2] in FOLDERS or folder in self.folders:
                found.append(path[len(folder) + 1 :])
            folder = dirname(folder)
        if "" in self.folders:
            found.append(path)
        return tuple(found)

    def find(self, name: str, near: str = "") -> tuple[str, ...]:
        """The files of a name, as the file `near` uses it. Where several have it, each may be the one: loaders have an
        order that settings decide. But where several projects lie in one repository, its own project's is meant. Names may
        be relative to the template `near`."""
        if name.startswith(("./", "../")) and near:
            absolute = [normpath(join(dirname(own), name)) for own in self.of(near)]
            inside = [
                other for other in absolute if not other.startswith("..")
            ]  # above the folder of templates is none
            return tuple(dict.fromkeys(path for other in inside for path in self.find(other, near)))
        found = self._by_name.get(normpath(name), ())
        if len(found) < 2 or not near:
            return found
        return tuple(path for path in found if self._project(path) == self._project(near)) or found

    def _project(self, path: str) -> str:
        """The nearest folder above with a `manage.py` or the like."""
        folder = dirname(path)
        while folder and folder not in self._marked:
            folder = dirname(folder)
        return folder


def settings_folders(project: Project) -> Iterator[str]:
    """What `DIRS` of a Django project's TEMPLATES name, or TEMPLATE_DIRS of an old one."""
    for module in project.settings.modules:
        yield from folders_in(module.get("TEMPLATE_DIRS"), module.path)
        for engine in engines(module.get("TEMPLATES")):
            yield from folders_in(engine.get("DIRS") or (), module.path)


def engines(templates: Values) -> Iterator[DictValue]:
    """Each engine of a TEMPLATES setting."""
    for value in templates:
        for item in value.items if isinstance(value, ListValue) else ():
            yield from (engine for engine in item if isinstance(engine, DictValue))


def folders_in(values: Iterable[Value], importer: str) -> Iterator[str]:
    """The folders that a path, or a list of them, may mean: relative ones start from where the program runs."""
    for value in values:
        if isinstance(value, PathValue):
            yield value.path
        elif isinstance(value, Text) and value.complete:
            path = normpath(value.value.strip("/")) if value.value.strip("/") else "."
            near = dirname(importer)
            while True:  # which folder that is is not said anywhere: any above the file may be it
                yield normpath(f"{near}/{path}") if near else ("" if path == "." else path)
                if not near:
                    break
                near = dirname(near)
        elif isinstance(value, ListValue):
            for item in value.items:
                yield from folders_in(item, importer)
