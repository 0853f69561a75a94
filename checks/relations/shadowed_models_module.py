from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.units import ClassSymbol, Unit

# A package that loads files by itself may well load the module beside it.
_LOADERS = ("spec_from_file_location", "SourceFileLoader", "run_path", "exec")


class ShadowedModelsModule(Check):
    """`models.py` stands beside a package `models/`, and Python imports the package only.

    Of a package and a module of one name in one folder the package wins. The module is never run: a model that stands in it
    alone is no model of Django, has no table in SQLAlchemy's `MetaData`, and makes no migration, all without a word. Whoever
    edits it, edits nothing. It is what is left behind when a module that grew was split up.

    It is an error where some class stands in the module alone, and a warning where the package has one of the same name for
    each.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Invoice(models.Model):  # no table, and makemigrations says "No changes detected"
        number = models.CharField(max_length=20)
    ```

    ```python
    # file: app/models/__init__.py
    from .customer import Customer
    ```

    ```python
    # file: app/models/customer.py
    from django.db import models


    class Customer(models.Model):
        name = models.CharField(max_length=20)
    ```

    ## Good

    ```python
    # file: app/models/__init__.py
    from .customer import Customer
    from .invoice import Invoice
    ```

    ```python
    # file: app/models/customer.py
    from django.db import models


    class Customer(models.Model):
        name = models.CharField(max_length=20)
    ```

    ```python
    # file: app/models/invoice.py
    from django.db import models


    class Invoice(models.Model):
        number = models.CharField(max_length=20)
    ```

    ## Silent when

    - the folder has no `__init__.py`: the module wins then;
    - the module defines no class, or has another name and defines no model;
    - the package's `__init__.py` loads files by itself (`spec_from_file_location`, `run_path`, `exec`);
    - the folder is a template for projects (`{{ cookiecutter.name }}`).

    ## Fix

    None: what is still needed has to be moved into the package before the module can go.
    """

    summary = "a `models.py` beside a package `models/`: only the package is imported"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        package_path = f"{path.removesuffix('.py')}/__init__.py"
        if package_path not in project.files or "{" in path:
            return
        unit, package = project.unit(path), project.unit(package_path)
        if unit is None or package is None:
            return
        classes = [cls for cls in project.names.classes(unit) if "." not in cls.qualname]
        if not classes or not (basename(path) == "models.py" or any(_is_model(project, cls) for cls in classes)):
            return
        if not any(package.mentions(loader) for loader in _LOADERS):
            yield self.report(project, unit, package, classes)

    def report(self, project: Project, unit: Unit, package: Unit, classes: list[ClassSymbol]) -> Finding:
        alone = [cls.name for cls in classes if not _has(project, package, cls.name)]
        folder = basename(unit.path.removesuffix(".py"))
        message = f"this module is never imported: the package `{folder}/` beside it wins"
        if alone:
            message += f", which has no `{alone[0]}`"
        return self.finding(
            project.first_line(unit.path),
            message,
            severity="error" if alone else "warning",
            help="move what is still needed into the package and delete this file",
            related=[Related(project.first_line(package.path), f"`{package.name}` is this package")],
        )


def _is_model(project: Project, cls: ClassSymbol) -> bool:
    return bool(cls.names.keys() & {"__tablename__", "__table__"}) or project.models.of(cls) is not None


def _has(project: Project, package: Unit, name: str) -> bool:
    """Whether the package binds a name, or one of its modules defines it."""
    if project.names.lookup(package, name) is not None:
        return True
    folder = package.path.removesuffix("__init__.py")
    inside = (project.unit(path) for path in project.python_paths if path.startswith(folder))
    return any(isinstance(binding.node, s.ClassDef) for u in inside if u for binding in u.names.get(name, []))
