from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.facts import syntax as s
from linter.finding import Edit, Finding, Fix, Related
from linter.project import Project
from linter.project.queries.stale import Stale, stale
from linter.span import Span


class UpdateFieldsSkipAutoNow(Check):
    """`save(update_fields=…)` leaves out a field with `auto_now`, which keeps its old time.

    A `DateTimeField(auto_now=True)` is set whenever a row is saved, so everybody takes it for the time of the last change.
    With `update_fields` only the fields that are listed are written, and this one is not. Nothing is raised or logged:
    whatever is sorted, cached, synchronised or shown by that time misses the change. Django's documentation of `update_fields` says so:

    ```text
    this means that date/time fields with auto_now=True will not be updated unless they are included in the update_fields.
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Page(models.Model):
        title = models.CharField(max_length=50)
        updated = models.DateTimeField(auto_now=True)

        def rename(self, title):
            self.title = title
            self.save(update_fields=["title"])
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Page(models.Model):
        title = models.CharField(max_length=50)
        updated = models.DateTimeField(auto_now=True)

        def rename(self, title):
            self.title = title
            self.save(update_fields=["title", "updated"])
    ```

    ## Silent when

    - a date or time is among the fields that are saved, or a count (`last_seen`, `views_count`): such a note about a row is
      no change of it;
    - nobody selected it by name;
    - the function saves the same variable without a list too;
    - the list is empty (nothing is saved then), or not all of it is known;
    - the model's own `save()`, or that of a class it inherits from, changes `update_fields` or does not hand it on;
    - it is not known what is saved, or one of several possible models has no such field;
    - it stands in tests.

    Off by default: that the time stays may be meant (a flag that a task sets, a sum that is cached), and the code does not
    show it. Select it by name to see every place.

    ## Fix

    The field is added to the list. It needs `--unsafe-fixes`: that the time stays may be meant.
    """

    summary = "`save(update_fields=…)` that leaves a field with `auto_now` at its old time"
    severity = "info"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in stale(project, path):
            yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: Stale) -> Finding:
        names = " and ".join(f"`{found.model.name}.{field.name}`" for field in found.fields)
        keyword = next(k for k in found.made.call.keywords if k.name == "update_fields")
        first = found.fields[0]
        return self.finding(
            project.place(path, found.made.scope.span(keyword.at)),
            f"{names} {'keeps its' if len(found.fields) == 1 else 'keep their'} old time: not among the saved fields",
            help=f"add {', '.join(f'`{field.name}`' for field in found.fields)} to the list",
            related=() if first.owner.unit.is_library else [Related(first.place, f"`{first.name}` is declared here")],
            fix=_fix(project, path, found, keyword.value),
        )


def _fix(project: Project, path: str, found: Stale, given: s.Expr) -> Fix | None:
    last = given.items[-1] if isinstance(given, s.Seq) and given.items else None
    if not isinstance(last, s.Str):
        return None
    span = found.made.scope.span(last.at)
    quote = project.source(path).data[span.start : span.start + 1].decode()
    if quote not in ('"', "'"):
        return None
    text = "".join(f", {quote}{field.name}{quote}" for field in found.fields)
    return Fix(False, (Edit(project.place(path, Span(span.end, span.end)), text),), "save it too")
