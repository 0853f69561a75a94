from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.imports.unreached import Unreached


class ModelsPackageMissingImport(Check):
    """A module in a `models` package that nothing imports: Django does not know its models.

    Django imports `models` of every installed app, and no module below it. A class is registered when its module runs, so
    `models/__init__.py` has to import each of them. Of one that nothing leads to there is no table, and `makemigrations` says

    ```text
    No changes detected in app 'shop'
    ```

    If it was imported once and has a table, the next migration drops that.

    ## Bad

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["shop"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
    ```

    ```python
    # file: shop/__init__.py
    ```

    ```python
    # file: shop/models/__init__.py
    from shop.models.order import Order
    ```

    ```python
    # file: shop/models/order.py
    from django.db import models


    class Order(models.Model):
        number = models.CharField(max_length=20)
    ```

    ```python
    # file: shop/models/invoice.py
    from django.db import models


    class Invoice(models.Model):
        number = models.CharField(max_length=20)
    ```

    ## Good

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["shop"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
    ```

    ```python
    # file: shop/__init__.py
    ```

    ```python
    # file: shop/models/__init__.py
    from shop.models.invoice import Invoice
    from shop.models.order import Order
    ```

    ```python
    # file: shop/models/order.py
    from django.db import models


    class Order(models.Model):
        number = models.CharField(max_length=20)
    ```

    ```python
    # file: shop/models/invoice.py
    from django.db import models


    class Invoice(models.Model):
        number = models.CharField(max_length=20)
    ```

    ## Silent when

    - any code but tests imports the module, also in a function, or its full name stands in a string somewhere;
    - the package, or a module beside it, loads modules whose names are not written down (`import_module`, `pkgutil`);
    - the module has abstract models only, or the app is not installed.

    ## Fix

    None: the import goes into `models/__init__.py`, where its order among the others is yours to choose.
    """

    summary = "a module in a `models` package that nothing imports: Django does not know its models"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        found = project.unreached_models.of(path) if "models/" in path else None
        if found is not None:
            yield self.report(project, found)

    def report(self, project: Project, found: Unreached) -> Finding:
        names = " and ".join(f"`{model.name}`" for model in found.models)
        first = found.models[0]
        return self.finding(
            project.class_place(first.symbol),
            f"nothing imports this module: Django does not know {names}",
            runtime=f"No changes detected in app '{first.app_label}'",
            help=f"import it in `{found.package.path}`",
            related=[Related(project.first_line(found.package.path), "Django imports this")],
        )
