from __future__ import annotations

from collections.abc import Iterator

from checks.admin_forms_serializers._names import NameCheck
from linter.finding import Finding
from linter.project import Project


class UnknownTableColumn(NameCheck):
    """A column of a django-tables2 Table reads something from its rows that they do not have.

    Nothing complains: the column is there, and every cell of it shows the placeholder for an empty value.

    ```text
    <td>—</td>
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/tables.py
    import django_tables2 as tables

    from app.models import Book


    class BookTable(tables.Table):
        class Meta:
            model = Book
            fields = ["id", "titel"]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/tables.py
    import django_tables2 as tables

    from app.models import Book


    class BookTable(tables.Table):
        class Meta:
            model = Book
            fields = ["id", "title"]
    ```

    ## Silent when

    - the table has a `render_<column>()`, or the column is not one of those that only show the value;
    - anything in the project annotates the name or assigns an attribute of it;
    - the table or its model may have names that were not seen, or most of its columns are missing from the model, so that it
      shows rows of another class;
    - the class stands in a test.

    ## Fix

    Where exactly one name is near, the name is changed to it. It needs `--unsafe-fixes`: what the author meant is a guess.
    """

    summary = "a column of a table that reads what its rows do not have"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for wrong in project.declarations.tables.wrong(path):
            model = wrong.model.name if wrong.model is not None else ""
            message = f"`{model}` has no attribute `{wrong.part}`, so the column `{wrong.target}` stays empty"
            yield self.report(project, wrong, message)
