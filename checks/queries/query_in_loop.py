from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.lazy import Repeated


class QueryInLoop(Check):
    """A relation is read in a loop over a query's rows, and every read is a query of its own (N+1 queries).

    `for book in Book.objects.all(): book.author.name` asks once for the books and then once for each book's author. Nothing
    is raised; with the three rows of a test nobody sees it, with the thousands of production the request takes seconds. The
    mistake is not in the loop but in the query, which can load the relation for all rows at once: the finding stands where
    the rows are asked for, and names the place where the relation is read.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=50)


    class Book(models.Model):
        title = models.CharField(max_length=50)
        author = models.ForeignKey(Author, on_delete=models.CASCADE)
    ```

    ```python
    # file: app/views.py
    from django.http import JsonResponse

    from app.models import Book


    def books(request):
        found = Book.objects.order_by("title")
        return JsonResponse({book.title: book.author.name for book in found})
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=50)


    class Book(models.Model):
        title = models.CharField(max_length=50)
        author = models.ForeignKey(Author, on_delete=models.CASCADE)
    ```

    ```python
    # file: app/views.py
    from django.http import JsonResponse

    from app.models import Book


    def books(request):
        found = Book.objects.select_related("author").order_by("title")
        return JsonResponse({book.title: book.author.name for book in found})
    ```

    A serializer of Django REST framework is such a loop as well: a list view, or `BookSerializer(books, many=True)`, reads
    for every row what nested serializers, `source="author.name"`, related fields and `get_…(self, book)` read.

    What a function surely reads of a row that it is handed counts as well: `{book.title: as_text(book) for book in books}`.

    The same with SQLAlchemy: `for user in session.scalars(select(User)): len(user.messages)` wants
    `select(User).options(selectinload(User.messages))`, or `lazy="selectin"` in the relationship.

    ## Silent when

    - nobody waits for it: the function is no endpoint, and is not called by one (commands, tasks, migrations, tests);
    - the query says what to load (`select_related()`, `prefetch_related()`, `options(…)`), on one of its ways at least, or the
      relationship does (`lazy=`);
    - it is not certain where the rows come from: a parameter, a method that is not read, names that are made up on the way;
    - the rows are few: a slice, a `limit()`, a loop that is left in its first round;
    - the relation is known already: `author.books.all()` knows each book's author; the function assigns it;
    - the loop saves, makes or deletes rows one by one anyway;
    - a method or property of the row (`book.as_dict()`) reads the relation, but not always;
    - a related manager is asked for something that cannot be prefetched (`author.books.filter(…)`);
    - a session of SQLAlchemy may hold the one related row already: the function names its class, or the query filters by it.

    ## Fix

    Add to the query what the finding says. Where only a number is wanted, ask for that: `annotate(Count("books"))`.
    """

    summary = "a relation that is loaded anew for every row of a loop (N+1 queries)"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.lazy.repeated(path):
            yield self.report(found)
        for found in project.declarations.serialized.in_file(path):
            yield self.finding(
                found.query,
                found.sentence,
                help=f"add {' and '.join(f'`{remedy}`' for remedy in found.remedies)} to the query",
                related=[Related(found.read, "the serializer reads it here"), *found.also],
            )

    def report(self, found: Repeated) -> Finding:
        place, other = (found.query, found.read) if found.is_here else (found.read, found.query)
        label = "it is read here, in a loop" if found.is_here else "the rows are asked for here"
        return self.finding(
            place,
            found.sentence,
            help=f"add {' and '.join(f'`{remedy}`' for remedy in found.remedies)} to the query",
            related=[Related(other, label), *found.also],
        )
