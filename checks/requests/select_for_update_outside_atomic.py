from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project


class SelectForUpdateOutsideAtomic(Check):
    """Rows are locked with `select_for_update()` in code that runs without a transaction.

    The lock lasts until the transaction ends, so Django refuses to ask without one:

    ```text
    django.db.transaction.TransactionManagementError: select_for_update cannot be used outside of a transaction.
    ```

    SQLite has no such locks, and there Django says nothing; nor do tests, where `TestCase` opens a transaction around each.
    So it is production that fails.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Account(models.Model):
        balance = models.IntegerField(default=0)
    ```

    ```python
    # file: app/management/commands/charge.py
    from django.core.management.base import BaseCommand

    from app.models import Account


    class Command(BaseCommand):
        def handle(self, *args, **options):
            account = Account.objects.select_for_update().get(pk=1)
            account.balance -= 1
            account.save()
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Account(models.Model):
        balance = models.IntegerField(default=0)
    ```

    ```python
    # file: app/management/commands/charge.py
    from django.core.management.base import BaseCommand
    from django.db import transaction

    from app.models import Account


    class Command(BaseCommand):
        def handle(self, *args, **options):
            with transaction.atomic():
                account = Account.objects.select_for_update().get(pk=1)
                account.balance -= 1
                account.save()
    ```

    ## Silent when

    - no task, management command or view is seen to lead there without a `with` block or a decorator on the way, any of
      which may open a transaction;
    - for views: `ATOMIC_REQUESTS` stands anywhere, or the class or a base of the view has a `dispatch()` or decorators of its
      own;
    - the project's databases are all SQLite, or `AUTOCOMMIT` stands anywhere;
    - the rows are not asked for in the same expression, or by `update()` and `delete()`, which lock nothing.

    ## Fix

    None: how much belongs into the transaction is yours to say.
    """

    summary = "`select_for_update()` in code that runs without a transaction, which every database but SQLite refuses"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.locks.outside(path):
            entry = found.entry
            yield self.finding(
                project.place(path, found.asked),
                "rows are locked here, and no transaction is open",
                runtime="select_for_update cannot be used outside of a transaction.",
                help="put `with transaction.atomic():` around it and what is done with the rows",
                related=[Related(project.place(entry.unit.path, entry.span), f"`{entry.node.name}` leads here")],
            )
