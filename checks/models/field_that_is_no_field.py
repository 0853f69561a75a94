from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Edit, Finding, Fix
from linter.project import Project
from linter.project.models.lost_fields import LostField, lost_fields
from linter.span import Span


class FieldThatIsNoField(Check):
    """A field in the body of a model, form or serializer that a slip of the pen keeps from being one.

    `title = CharField(…),` with a comma at its end is a tuple, and `title: CharField(…)` with a colon is an annotation.
    Python accepts both, and so does Django: the class just has no such field. No column is made, `makemigrations` says
    nothing (or removes the column), and what is sent for it is refused or dropped:

    ```text
    TypeError: Book() got unexpected keyword arguments: 'title'
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100),
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ## Silent when

    - the class has a field of that name all the same: from another line of its body, or from a parent;
    - the tuple stands in parentheses: somebody meant it;
    - what is called was not read, so that nobody knows whether it is a field; or the class is in tests.

    ## Fix

    The comma goes, or `:` becomes `=`. Safe.
    """

    summary = "a field that is a tuple or an annotation, so that the class does not have it"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        for lost in lost_fields(project, unit) if unit is not None else ():
            yield from self.report(project, path, lost)

    def report(self, project: Project, path: str, lost: LostField) -> Iterator[Finding]:
        call, statement = lost.cls.unit.span(lost.call.at), lost.cls.unit.span(lost.statement)
        data = project.source(path).data
        if lost.slip == "comma":
            wrong, right = Span(call.end, statement.end), ""
            if data[wrong.start : wrong.end].strip() != b",":
                return  # in parentheses
            what, advice = "a tuple", "drop the comma"
        else:
            wrong, right = Span(statement.start + len(lost.name.encode()), call.start), " = "
            if data[wrong.start : wrong.end].strip() != b":":
                return
            what, advice = "only an annotation", "write `=` instead of `:`"
        yield self.finding(
            project.place(path, statement),
            f"`{lost.name}` is {what}, so `{lost.cls.name}` has no such field",
            help=advice,
            fix=Fix(True, (Edit(project.place(path, wrong), right),), advice),
        )
