from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project


class SwallowedErrorInAtomic(Check):
    """An error of the database is caught inside an atomic block, and the block goes on asking.

    After such an error the transaction is good for nothing but being rolled back. Django refuses whatever is asked next, far
    from the line that failed, and only when the error does occur:

    ```text
    django.db.transaction.TransactionManagementError: An error occurred in the current transaction. You can't execute queries until the end of the 'atomic' block.
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Tag(models.Model):
        name = models.CharField(max_length=50, unique=True)
    ```

    ```python
    # file: app/views.py
    from django.db import IntegrityError, transaction
    from django.http import JsonResponse

    from app.models import Tag


    @transaction.atomic
    def add(request, name):
        try:
            Tag.objects.create(name=name)
        except IntegrityError:
            pass
        return JsonResponse({"tags": Tag.objects.count()})
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Tag(models.Model):
        name = models.CharField(max_length=50, unique=True)
    ```

    ```python
    # file: app/views.py
    from django.db import IntegrityError, transaction
    from django.http import JsonResponse

    from app.models import Tag


    @transaction.atomic
    def add(request, name):
        try:
            with transaction.atomic():
                Tag.objects.create(name=name)
        except IntegrityError:
            pass
        return JsonResponse({"tags": Tag.objects.count()})
    ```

    ## Silent when

    - what may fail stands in an atomic block of its own, or a `save()` of the project's may have one;
    - the handler raises or returns, or anything rolls back;
    - the next query is made only under a condition;
    - the handler waits for any `Exception`: the database may never raise one there;
    - it stands in tests.

    ## Fix

    `with transaction.atomic():` inside the `try`: what fails is then rolled back to that point, and no further.
    """

    summary = "an error of the database that is caught inside an atomic block, which then asks it again"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.atomic.swallowed(path):
            yield self.finding(
                project.place(path, found.caught),
                "caught inside the atomic block, which is broken by then: its next query fails",
                runtime="An error occurred in the current transaction. You can't execute queries until the end of the "
                "'atomic' block.",
                help="put `with transaction.atomic():` around what may fail, inside the `try`",
                related=[
                    Related(project.place(path, found.write), "what may fail"),
                    Related(project.place(path, found.again), "the query that is refused"),
                ],
            )
