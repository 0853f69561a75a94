from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.expected import is_expected
from linter.project.imports.modules import is_test
from linter.project.queries import OrmCall
from linter.project.queries.rows import Asked, asked, is_one_row, wide

_ONE = frozenset({"get", "get_object_or_404"})


class GetOnNonUnique(Check):
    """`get()` looks for one row by a lookup that many rows can match: a part of a text, or a range.

    `get()`, `get_object_or_404()` and their async twins want exactly one row. `image__endswith="1.jpg"` matches `1.jpg`,
    and `21.jpg` too as soon as there is one:

    ```text
    app.models.Photo.MultipleObjectsReturned: get() returned more than one Photo -- it returned 2!
    ```

    `get_object_or_404()` does not catch that: the user sees a server error. It works until the second row comes, which in
    tests it never does.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Photo(models.Model):
        image = models.CharField(max_length=100)


    def photo(name):
        return Photo.objects.get(image__endswith=name)
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Photo(models.Model):
        image = models.CharField(max_length=100)


    def photo(name):
        return Photo.objects.filter(image__endswith=name).order_by("pk").first()
    ```

    ## Silent when

    - every lookup asks for an exact value: whether a name or an address is unique is often known to the code alone;
    - the exact lookups include a whole unique key: the primary key, a `unique=True` or one-to-one field, all fields of a
      `unique_together` or `UniqueConstraint`, also through relations;
    - a constraint that holds under a condition, or for an expression, may make it unique; or not every constraint is known;
    - something else may narrow the rows: positional conditions, `**kwargs`, a queryset from elsewhere, a manager of the
      project's own;
    - `MultipleObjectsReturned` is caught around it, or it stands in tests.
    """

    summary = "`get()` by a part of a text or a range, which many rows can match"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if is_test(path):
            return
        for made in project.queries.calls(path):
            if made.method in _ONE and _is_single(made):
                found = asked(project.flow, made)
                loose = wide(found.model, found.lookups) if found is not None else []
                if found is not None and loose and is_one_row(found.model, found.lookups) is False:
                    if not _is_handled(made):
                        yield self.report(project, made, found, loose)

    def report(self, project: Project, made: OrmCall, found: Asked, loose: list[str]) -> Finding:
        model = found.model
        names = " and ".join(f"`{name}`" for name in loose)
        return self.finding(
            project.place(made.scope.unit.path, made.span),
            f"{names} can match several rows of `{model.name}`, and no unique field is asked for",
            runtime=f"get() returned more than one {model.name} -- it returned 2!",
            help="use `filter(…).first()`, or catch `MultipleObjectsReturned`",
            related=()
            if model.symbol.unit.is_library
            else [Related(project.class_place(model.symbol), f"`{model.name}` is defined here")],
        )


def _is_single(made: OrmCall) -> bool:
    """`get_list_or_404` is a shortcut too, and takes many rows."""
    func = made.call.func
    name = getattr(func, "name", getattr(func, "id", ""))
    return "list" not in name


def _is_handled(made: OrmCall) -> bool:
    activation = made.scope.activation
    return is_expected(activation.unit, made.call.at, activation.function, ("MultipleObjectsReturned",))
