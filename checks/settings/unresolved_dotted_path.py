from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.settings.dotted_paths import Unresolved


class UnresolvedDottedPath(Check):
    """A dotted path in the settings that leads to nothing: a middleware, backend, context processor or app that is not there.

    Most of these paths are imported when they are first needed, not when Django starts. A context processor that was renamed,
    or an authentication backend in a module that was moved, passes `manage.py check`, and the first request fails with

    ```text
    ImportError: Module "shop.processors" does not define a "cart" attribute/class
    ModuleNotFoundError: No module named 'shop.processors'
    ```

    A comma that is missing in a list makes one path of two (`"shop.auth"` `"shop.cart"`), and Python does not say a word.

    ## Bad

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["shop"]
    PASSWORD_HASHERS = ["shop.hashers.StrongHasher"]
    ```

    ```python
    # file: shop/__init__.py
    ```

    ```python
    # file: shop/hashers.py
    from django.contrib.auth.hashers import PBKDF2PasswordHasher


    class StrongerHasher(PBKDF2PasswordHasher):
        iterations = PBKDF2PasswordHasher.iterations * 10
    ```

    ## Good

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["shop"]
    PASSWORD_HASHERS = ["shop.hashers.StrongerHasher"]
    ```

    ```python
    # file: shop/__init__.py
    ```

    ```python
    # file: shop/hashers.py
    from django.contrib.auth.hashers import PBKDF2PasswordHasher


    class StrongerHasher(PBKDF2PasswordHasher):
        iterations = PBKDF2PasswordHasher.iterations * 10
    ```

    ## Silent when

    - the path begins with a package that is not the project's own: it may be installed;
    - the module may have the name all the same: `from x import *` of a library, `__getattr__`, `globals()`, or somebody
      sets it from outside;
    - the project has two modules of that name, or the setting is not known to hold a path;
    - it stands in settings for tests.

    ## Fix

    None: where the thing went is not the tool's to guess.
    """

    summary = "a dotted path in the settings that leads to no module, class or function of the project"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.dotted_paths.unresolved(path):
            yield self.report(project, found)

    def report(self, project: Project, found: Unresolved) -> Finding:
        module = found.module
        if module is None:
            return self.finding(
                found.place,
                f"`{found.path}` is two entries: a comma is missing between them",
                help="put a comma behind the first one",
            )
        is_module = module.path.endswith("__init__.py")
        gone = f"{module.name}.{found.name}"
        return self.finding(
            found.place,
            f"there is no `{gone}`",
            runtime=f"No module named '{gone}'"
            if is_module and gone != found.path
            else f'Module "{module.name}" does not define a "{found.name}" attribute/class',
            related=[Related(project.first_line(module.path), f"`{module.name}` is this file")],
        )
