from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project


class QueryInTemplateLoop(Check):
    """A template's loop reads a relation of each row, and every read is a query of its own (N+1 queries).

    `{% for book in books %}{{ book.author.name }}{% endfor %}` asks once for the books and then once for each book's
    author. The template cannot help it: the view's queryset can, by loading the relation for all rows at once. So the
    finding stands where the rows are asked for, and names the place in the template.

    With SQLAlchemy, `{% for user in users %}{{ user.messages|length }}{% endfor %}` wants
    `.options(selectinload(User.messages))`.

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
    from django.shortcuts import render

    from app.models import Book


    def books(request):
        return render(request, "books.html", {"books": Book.objects.order_by("title")})
    ```

    ```html
    {# file: app/templates/books.html #}
    {% for book in books %}
      <li>{{ book.title }} by {{ book.author.name }}</li>
    {% endfor %}
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
    from django.shortcuts import render

    from app.models import Book


    def books(request):
        return render(request, "books.html", {"books": Book.objects.select_related("author").order_by("title")})
    ```

    ```html
    {# file: app/templates/books.html #}
    {% for book in books %}
      <li>{{ book.title }} by {{ book.author.name }}</li>
    {% endfor %}
    ```

    ## Silent when

    - the query says what to load, on one of its ways at least;
    - it is not certain where the rows come from;
    - the rows are few: a slice;
    - a related manager is asked for something that cannot be prefetched (`author.books.filter(…)`);
    - a session of SQLAlchemy may hold the one related row already (`message.author`): there only relations to many rows count;
    - a method or property of the model reads the relation, but not always.

    ## Fix

    Add to the query what the finding says. Where only a number is wanted, ask for that: `annotate(Count("books"))`.
    """

    summary = "a relation that a template's loop loads anew for every row (N+1 queries)"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.templates.repeated.in_file(path):
            yield self.finding(
                found.query,
                found.sentence,
                help=f"add {' and '.join(f'`{remedy}`' for remedy in found.remedies)} to the query",
                related=[Related(found.read, "it is read here, in a loop"), *found.also],
            )
