from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.queries.conflicts import Conflict, conflicts


class AnnotationConflict(Check):
    """An annotation is called like a field of the model.

    The names of columns (`author_id`) and of relations from other models, as queries know them (`book`), count as well.
    Django refuses when that line runs:

    ```text
    ValueError: The annotation 'book' conflicts with a field on the model.
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=200)


    class Book(models.Model):
        title = models.CharField(max_length=200)
        author = models.ForeignKey(Author, models.CASCADE)
    ```

    ```python
    # file: app/code.py
    from app.models import Author
    from django.db.models import Count


    def writers():
        return Author.objects.annotate(book=Count("book"))
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=200)


    class Book(models.Model):
        title = models.CharField(max_length=200)
        author = models.ForeignKey(Author, models.CASCADE)
    ```

    ```python
    # file: app/code.py
    from app.models import Author
    from django.db.models import Count


    def writers():
        return Author.objects.annotate(books=Count("book"))
    ```

    ## Silent when

    - it is not known which model is asked, or one of several possible ones lacks the name;
    - `values()` came before: then a name that it left out may be used;
    - it is an `aggregate()`, whose result is a dict;
    - the project's own manager or queryset may take the name for itself;
    - the code expects the error, or stands in a migration.
    """

    summary = "an annotation that is called like a field of the model"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for conflict in conflicts(project.queries, path):
            if not project.queries.expects_error(conflict.unit, conflict.function):
                yield self.report(project, path, conflict)

    def report(self, project: Project, path: str, conflict: Conflict) -> Finding:
        model, name = conflict.model, conflict.name
        field = model.fields.get(name) or next((f for f in model.fields.values() if f.attname == name), None)
        reverse = model.query_names.get(name)
        what = f"a field of `{model.name}`" if field is not None else f"how queries name a relation to `{model.name}`"
        declared = field if field is not None else reverse.field if reverse is not None else None
        related = []
        if declared is not None and not declared.owner.unit.is_library:
            related.append(Related(declared.place, f"`{declared.name}` is defined here"))
        return self.finding(
            project.place(path, conflict.span),
            f"`{name}` is {what} already",
            runtime=f"The annotation '{name}' conflicts with a field on the model.",
            help="give the annotation a name of its own",
            related=related,
        )
