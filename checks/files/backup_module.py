from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project


class BackupModule(Check):
    """A copy of a module is kept as Python, as `models_backup.py` or `signals_old.py`, and declares the same things again.

    It is harmless for as long as nothing imports it. Then somebody does, for a helper that stands in it too, or because an
    editor offered it, and everything in it comes to life: receivers are connected a second time, and run twice; a model is
    registered a second time:

    ```text
    RuntimeError: Conflicting 'invoice' models in application 'app': <class 'app.models.Invoice'> and <class 'app.models_backup.Invoice'>.
    ```

    ```text
    sqlalchemy.exc.InvalidRequestError: Table 'invoices' is already defined for this MetaData instance.
    ```

    It is an error where some module of the project imports the copy, a warning where none does.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Invoice(models.Model):
        number = models.CharField(max_length=20)
        paid = models.BooleanField(default=False)
    ```

    ```python
    # file: app/models_backup.py
    from django.db import models


    class Invoice(models.Model):
        number = models.CharField(max_length=20)
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Invoice(models.Model):
        number = models.CharField(max_length=20)
        paid = models.BooleanField(default=False)
    ```

    ## Silent when

    - the module is not named like a copy (`backup`, `bak`, `old`, `orig`, `copy`, `deprecated`, `legacy`, a `2`);
    - nothing in it is declared elsewhere too: a model of the same app and name, a table of the same name in the same
      `MetaData`, a receiver that does the same job for the same signal and sender;
    - the table is defined with `extend_existing` or `keep_existing`.

    ## Fix

    None: delete the file, version control keeps it. If it must stay, give it a name that Python does not import, such as
    `models_backup.py.disabled`.
    """

    summary = "`models_backup.py` and the like, which declare models or receivers again"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        again = project.backups.declared_again(path)
        if not again:
            return
        imported = project.backups.import_place(path)
        first = again[0]
        more = f" and {len(again) - 1} more" if len(again) > 1 else ""
        related = [Related(first.original, f"`{first.name}` is declared here already")]
        if imported is not None:
            related.append(Related(imported, "the copy is imported here"))
        yield self.finding(
            project.first_line(path),
            f"this copy declares the {first.kind} `{first.name}`{more} again"
            + ("" if imported is not None else "; it only waits to be imported"),
            severity="error" if imported is not None else "warning",
            runtime=first.runtime,
            help="delete the copy, or give it a name that Python does not import",
            related=related,
        )
