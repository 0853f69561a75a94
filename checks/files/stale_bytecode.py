from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname
from typing import ClassVar

from linter.check import Check
from linter.facts.files import Kind
from linter.finding import Finding, Place
from linter.project import Project
from linter.project.imports.modules import is_test
from linter.span import Range

_MODULE = re.compile(r"\w+")


class StaleBytecode(Check):
    """A compiled module lies beside the sources, and its own source is gone.

    What Python itself compiles it puts into `__pycache__`, and nothing in there is imported once the source is deleted. But
    a `.pyc` *beside* the sources, as `python -m compileall -b`, some packagers and Python 2 write it, is imported as if it
    were the module. A module that was deleted lives on there: its functions run, its receivers connect, and in a
    `migrations` folder it is a migration. It works on the machine that has the file, and on no other:

    ```text
    ModuleNotFoundError: No module named 'shop.audit'
    ```

    Such files are mostly ignored by version control, so they are looked for in spite of `.gitignore`.

    ## Bad

    ```text
    # file: shop/audit.pyc
    compiled from shop/audit.py, which was deleted
    ```

    ```python
    # file: shop/__init__.py
    ```

    ```python
    # file: shop/views.py
    def index(request):
        return None
    ```

    ## Good

    ```python
    # file: shop/__init__.py
    ```

    ```python
    # file: shop/views.py
    def index(request):
        return None
    ```

    ## Silent when

    - the source, or a package of that name, stands beside it: Python takes those first;
    - it lies in `__pycache__`, in a folder that Python does not import from, or among tests;
    - the folder holds no source at all: such a package is handed out without sources on purpose;
    - its name is no module's, as `audit.cpython-312.pyc`.

    ## Fix

    None: delete the file.
    """

    summary = "a `.pyc` beside the sources whose own source is gone: Python imports it"
    severity = "warning"
    kinds: ClassVar[frozenset[Kind]] = frozenset({"bytecode"})

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        stem = path.removesuffix(".pyc")
        folder, name = dirname(path), stem.rpartition("/")[2]
        if f"{stem}.py" in project.files or f"{stem}/__init__.py" in project.files or is_test(f"{stem}.py"):
            return
        if _MODULE.fullmatch(name) and _is_imported_from(project, folder):
            yield self.report(project, path, folder, name)

    def report(self, project: Project, path: str, folder: str, name: str) -> Finding:
        init = f"{folder}/__init__.py"
        module = f"{project.modules.name(init)}.{name}" if init in project.files else name
        return self.finding(
            Place(path, Range(1, 0, 1, 0)),
            f"`{name}.pyc` has no source any more, and Python imports it as `{module}` all the same",
            help="delete it",
        )


def _is_imported_from(project: Project, folder: str) -> bool:
    """Whether a folder is a package, or a folder on the path with modules in it."""
    if f"{folder}/__init__.py" in project.files:
        return True
    return folder in project.modules.roots and any(dirname(path) == folder for path in project.python_paths)
