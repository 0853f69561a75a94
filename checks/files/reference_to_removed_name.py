from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project
from linter.project.imports.removed import Removed
from linter.project.near import near


class ReferenceToRemovedName(Check):
    """Code asks a module of the project for a name that is not there, or imports a module that is not.

    It is what remains of a function that was renamed, moved or deleted. Where it stands in a function nobody notices before
    that function runs; left-behind bytecode (stale-bytecode) may even hide it on the machine where the change was made.

    ```text
    ImportError: cannot import name 'send_receipt' from 'shop.mail'
    ```

    ```text
    AttributeError: module 'shop.mail' has no attribute 'send_receipt'
    ```

    ```text
    ModuleNotFoundError: No module named 'shop.audit'
    ```

    ## Bad

    ```python
    # file: shop/__init__.py
    ```

    ```python
    # file: shop/mail.py
    def send_invoice(order):
        print("invoice", order)
    ```

    ```python
    # file: shop/views.py
    from shop import mail


    def pay(order):
        mail.send_receipt(order)
    ```

    ## Good

    ```python
    # file: shop/__init__.py
    ```

    ```python
    # file: shop/mail.py
    def send_invoice(order):
        print("invoice", order)
    ```

    ```python
    # file: shop/views.py
    from shop import mail


    def pay(order):
        mail.send_invoice(order)
    ```

    ## Silent when

    - the module's text has the word anywhere, or could make names in other ways: `__getattr__`, `globals()`, `exec`,
      `sys.modules`, a star import of what was not read, settings;
    - any code of the project, tests included, sets such an attribute, or looks for it with `hasattr` or `getattr`;
    - the failure is expected: `try`, `suppress`, a condition that asks for a version or for what is there, `if TYPE_CHECKING`;
    - a missing module may be compiled, generated, ignored by version control or replaced, or the import is optional (a
      condition);
    - several packages have that name, or a library has;
    - it stands in tests, in vendored code, in a template for code or in a hidden folder.

    ## Fix

    None: whether the name moved, changed or is no longer needed, only its author knows.
    """

    summary = "an import or attribute of one of the project's modules that is not there"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        for removed in project.removed_names.in_file(path):
            assert unit is not None
            place = project.place(path, unit.span(removed.at, removed.function))
            yield self.finding(place, _message(removed), runtime=_runtime(removed), help=_help(project, removed))


def _message(removed: Removed) -> str:
    module, name = removed.module.name, removed.name
    if removed.kind == "module":
        return f"there is no module `{module}.{name}`"
    return f"`{module}` has no `{name}`"


def _runtime(removed: Removed) -> str:
    module, name = removed.module.name, removed.name
    if removed.kind == "module":
        return f"No module named '{module}.{name}'"
    if removed.kind == "name":
        return f"cannot import name '{name}' from '{module}'"
    return f"module '{module}' has no attribute '{name}'"


def _help(project: Project, removed: Removed) -> str:
    """Where the name is now, or one like it."""
    if removed.kind == "module":
        return ""
    like = near(removed.name, removed.module.names)
    if like:
        return f"did you mean `{like[0]}`?"
    others = project.closed_modules.defining(removed.name)
    return f"it is in `{others[0].name}`" if len(others) == 1 else ""
