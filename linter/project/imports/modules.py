"""Which Python module is which file: import roots are found, not configured.

A root is the project's own folder, a folder with a marker of its own (`manage.py`, `setup.py`, `alembic.ini`, …), every
folder that holds a top-most package, and what an entry point puts on `sys.path`. A file's canonical name is the one below
its nearest root; it can be imported under its name below any other root too. Where a name is taken more than once (several
Django projects in one repository), the file nearest to the importer is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from posixpath import dirname

MARKERS = frozenset({"manage.py", "setup.py", "setup.cfg", "pyproject.toml", "alembic.ini"})


def _inside(path: str, folder: str) -> bool:
    return folder == "" or path.startswith(folder + "/")


class Modules:
    """Dotted names and files, both ways. `added`: folders that the project puts on the search path by itself."""

    def __init__(self, paths: Iterable[str], added: Iterable[str] = ()) -> None:
        every = list(paths)
        python = [p for p in every if p.endswith(".py")]
        self._packages = {dirname(p) for p in python if p.endswith("/__init__.py") or p == "__init__.py"}
        self.roots = self._find_roots(every, python, added)
        self._by_name: dict[str, list[str]] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._folders: dict[str, set[str]] = {}  # namespace packages: dotted name -> folders
        for path in python:
            self._register(path)

    def _find_roots(self, every: list[str], python: list[str], added: Iterable[str]) -> tuple[str, ...]:
        roots = {"", *added}
        for path in every:
            folder, _, name = path.rpartition("/")
            is_script = name == "manage.py"  # whose folder Python searches
            if name in MARKERS and (is_script or folder not in self._packages):
                roots.add(folder)
        for folder in self._packages:
            parent = dirname(folder)
            if folder and parent not in self._packages:
                roots.add(parent)
        if any(p.startswith("src/") for p in python) and "src" not in self._packages:
            roots.add("src")
        # A folder inside a package, or one that is a package, is a part of that package first, and a root only besides.
        return tuple(sorted(roots, key=lambda r: (r in self._packages or self._is_in_package(r), -len(r), r)))

    def _is_in_package(self, folder: str) -> bool:
        while folder:
            folder = dirname(folder)
            if folder and folder in self._packages:
                return True
        return False

    def _register(self, path: str) -> None:
        stem = path[:-3]
        if stem.endswith("/__init__"):
            stem = stem[: -len("/__init__")]
        elif stem == "__init__":
            return
        names: list[str] = []
        for root in self.roots:
            if _inside(path, root) and stem != root:
                name = stem[len(root) + 1 if root else 0 :].replace("/", ".")
                names.append(name)
                self._by_name.setdefault(name, []).append(path)
                folder = dirname(stem)
                while folder != root and folder:
                    package = folder[len(root) + 1 if root else 0 :].replace("/", ".")
                    known = self._folders.setdefault(package, set())
                    if folder in known:
                        break
                    known.add(folder)
                    folder = dirname(folder)
        self._names[path] = tuple(names)

    def names(self, path: str) -> tuple[str, ...]:
        """Every dotted name of a file, the canonical one first; () for what cannot be imported."""
        return self._names.get(path, ())

    def name(self, path: str) -> str:
        names = self._names.get(path)
        return names[0] if names else path.removesuffix(".py").replace("/", ".")

    def is_package(self, path: str) -> bool:
        return path.endswith("__init__.py")

    def find(self, name: str, importer: str = "") -> str | None:
        """The file of a dotted module name; a package beside a module of the same name wins, as in Python."""
        paths = self._by_name.get(name)
        if not paths:
            return None
        if len(paths) == 1:
            return paths[0]
        return max(paths, key=lambda p: (self._nearness(p, importer), p.endswith("/__init__.py"), -len(p)))

    def shadowed(self, name: str) -> list[str]:
        return self._by_name.get(name, [])

    def is_namespace(self, name: str) -> bool:
        """A dotted name that is a folder without `__init__.py` holding Python files."""
        return name in self._folders

    @staticmethod
    def _nearness(path: str, importer: str) -> int:
        shared = 0
        for a, b in zip(path.split("/"), importer.split("/"), strict=False):
            if a != b:
                break
            shared += 1
        return shared

    def absolute(self, path: str, module: str, level: int) -> str | None:
        """The absolute name that a relative import means in a file; None where it climbs out of the root."""
        if level == 0:
            return module
        parts = self.name(path).split(".")
        if self.is_package(path):
            level -= 1
        if level > len(parts):
            return None
        base = parts[: len(parts) - level] if level else parts
        return ".".join([*base, module] if module else base) or None


_TEST = re.compile(
    r"(^|/)(tests?|testing|factories|fixtures|test_?(utils?|helpers?|projects?|apps?|sites?))(/|$)|(^|/)(test_[^/]*|[^/]*_tests?|tests|conftest|factories)\.py$"
)


def is_migration(path: str) -> bool:
    """A file in a folder of migrations."""
    return "/migrations/" in f"/{path}"


@cache
def is_test(path: str) -> bool:
    """Code that runs in tests only."""
    return _TEST.search(path) is not None
