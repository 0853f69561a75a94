from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project


class SyncOrmInAsync(Check):
    """An async function asks the database by the ORM's sync methods, which Django refuses.

    Where an event loop runs, a query that would hold it up is an error, at the first request and whatever the data:

    ```text
    django.core.exceptions.SynchronousOnlyOperation: You cannot call this from an async context - use a thread or sync_to_async.
    ```

    Unit tests that call the function by `async_to_sync()` see it too; those that never run it do not.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=50)
    ```

    ```python
    # file: app/views.py
    from django.http import JsonResponse

    from app.models import Book


    async def books(request):
        number = Book.objects.count()
        return JsonResponse({"number": number})
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=50)
    ```

    ```python
    # file: app/views.py
    from django.http import JsonResponse

    from app.models import Book


    async def books(request):
        number = await Book.objects.acount()
        return JsonResponse({"number": number})
    ```

    ## Silent when

    - it stands in a lambda or in a function inside the async one: those are what `sync_to_async()` and threads are given;
    - the method is not called there: `sync_to_async(Book.objects.count)`;
    - the queryset only gets longer (`filter()`, `order_by()`): that asks nothing;
    - the rows may be there already: a variable that holds a queryset, relations that may have been prefetched;
    - the project's own manager, queryset or model has a method of that name;
    - some code speaks of `DJANGO_ALLOW_ASYNC_UNSAFE`, or it stands in tests.

    ## Fix

    `await` the method's twin with an `a` before its name, loop with `async for`, or put the whole work into a sync function
    that is called by `sync_to_async()`.
    """

    summary = "a query of Django's ORM without `await` in an async function"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.event_loops.sync_queries(path):
            what = "a loop over a queryset" if found.name == "for" else f"`{found.name}()`"
            yield self.finding(
                project.place(path, found.span),
                f"{what} asks the database within async `{found.function.name}()`",
                runtime="You cannot call this from an async context - use a thread or sync_to_async.",
                help=_help(found.name),
            )


def _help(name: str) -> str:
    if name == "for":
        return "loop with `async for`"
    if name in ("list", "tuple", "set", "len", "sorted", "bool"):
        return "take the rows with `async for`, or do it in `sync_to_async()`"
    return f"`await` its twin `a{name}()`, or do it in `sync_to_async()`"
