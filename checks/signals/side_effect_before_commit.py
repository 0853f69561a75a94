from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.serving.calls import name_at
from linter.project.signals.uncommitted import Early


class SideEffectBeforeCommit(Check):
    """A task is queued with the key of a row before the transaction is committed that writes the row.

    A worker is another process with a connection of its own: it sees a row only after the transaction that writes it has
    been committed. An idle worker takes a task at once, and then the row is not there yet:

    ```text
    app.models.Book.DoesNotExist: Book matching query does not exist.
    ```

    or it still has its old values. Under load, when tasks have to wait, it works, and so it does in tests. When the
    transaction is rolled back, the task runs all the same, about a row that never was.

    `transaction.on_commit()` calls a function after the commit, and at once where no transaction is open; since Celery 5.4
    a task has `delay_on_commit()`, too. Reported are tasks of Celery, Dramatiq
    (`actor.send()`) and Huey (where calling the task queues it) that get the key of a row

    - in a receiver of `post_save`, and in a model's `save()` after `super().save()`, where rows of that model are saved in
      a transaction: in the admin, by `get_or_create()` or `update_or_create()`, in an `atomic` block, or because of
      `ATOMIC_REQUESTS`; that place is named;
    - in a receiver of `pre_save`, which is called before the row is written, and of `m2m_changed`, which is always sent
      inside a transaction;
    - in an `atomic` block or an admin class's `save_model()`, after the row was written there; with `ATOMIC_REQUESTS` in
      every view.

    ## Bad

    ```python
    # file: app/tasks.py
    from celery import shared_task


    @shared_task
    def draw_cover(book_id):
        from app.models import Book

        print("drawing the cover of", Book.objects.get(id=book_id).title)
    ```

    ```python
    # file: app/models.py
    from django.db import models
    from django.db.models.signals import post_save
    from django.dispatch import receiver

    from app.tasks import draw_cover


    class Book(models.Model):
        title = models.CharField(max_length=100)


    @receiver(post_save, sender=Book)
    def book_saved(sender, instance, created, **kwargs):
        if created:
            draw_cover.delay(instance.id)
    ```

    ```python
    # file: app/admin.py
    from django.contrib import admin

    from app.models import Book

    admin.site.register(Book)
    ```

    ## Good

    ```python
    # file: app/tasks.py
    from celery import shared_task


    @shared_task
    def draw_cover(book_id):
        from app.models import Book

        print("drawing the cover of", Book.objects.get(id=book_id).title)
    ```

    ```python
    # file: app/models.py
    from django.db import models, transaction
    from django.db.models.signals import post_save
    from django.dispatch import receiver

    from app.tasks import draw_cover


    class Book(models.Model):
        title = models.CharField(max_length=100)


    @receiver(post_save, sender=Book)
    def book_saved(sender, instance, created, **kwargs):
        if created:
            transaction.on_commit(lambda: draw_cover.delay(instance.id))
    ```

    ```python
    # file: app/admin.py
    from django.contrib import admin

    from app.models import Book

    admin.site.register(Book)
    ```

    ## Silent when

    - the task is queued on commit: `on_commit`, `delay_on_commit`, a task class that does so by itself;
    - it is queued with a `countdown` or an `eta`, or gets nothing of the row but values;
    - nothing is known to save such rows in a transaction;
    - what is called is not certainly such a task (RQ and Django Q may wait for the commit by themselves), or all tasks run at once (`task_always_eager` in all settings);
    - it stands in tests.

    ## Fix

    None: `transaction.on_commit(lambda: …)` it is mostly, but a variable that changes afterwards, as in a loop, needs
    `functools.partial`.
    """

    summary = "a task that is queued before the row it is about has been committed"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for early in project.uncommitted.in_file(path):
            yield self.report(project, early)

    def report(self, project: Project, early: Early) -> Finding:
        scope, saving = early.scope, early.saving
        row = f"of `{early.model.name}`" if early.model is not None else "of the row"
        place = project.place(scope.unit.path, scope.unit.span(name_at(early.call), scope.function))
        related = [Related(saving.place, saving.why)] if saving.place is not None else []
        why = "" if related else f": {saving.why}"
        return self.finding(
            place,
            f"`{early.task.name}()` may run before the change {row} is committed, and not see it{why}",
            help="queue it by `transaction.on_commit(lambda: …)`",
            related=related,
        )
