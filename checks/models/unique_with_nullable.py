from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.constants import Origin
from linter.project.models.uniqueness import Nullable, nullable


class UniqueWithNullable(Check):
    """A `UniqueConstraint` or `unique_together` over a field that may be null lets equal rows in.

    In SQL null is not equal to null, so two rows with the same user and no project are two different rows, as often as one
    likes. Nothing is raised, and `get()` finds two of what the model says there is only one of.

    Off by default: often it is meant so. Select it by name to see every place.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Role(models.Model):
        user = models.CharField(max_length=50)
        project = models.CharField(max_length=50, null=True)

        class Meta:
            constraints = [models.UniqueConstraint(fields=["user", "project"], name="one_role")]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models
    from django.db.models import Q


    class Role(models.Model):
        user = models.CharField(max_length=50)
        project = models.CharField(max_length=50, null=True)

        class Meta:
            constraints = [
                models.UniqueConstraint(fields=["user", "project"], name="one_role"),
                models.UniqueConstraint(fields=["user"], condition=Q(project=None), name="one_role_without_project"),
            ]
    ```

    ## Silent when

    - nobody selected it by name;
    - the constraint has a condition or expressions, or says what nulls are (`nulls_distinct`, Django 5.0);
    - all its fields may be null, or another constraint has all the others: then it is meant for the rows that have a value;
    - it is one field alone (`unique=True`): there it is the usual way to say "none, or one of its own".
    """

    summary = "a unique constraint over a field that may be null, which lets equal rows in"
    severity = "info"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or not (unit.mentions("unique_together") or unit.mentions("UniqueConstraint")):
            return
        told: set[Origin] = set()
        for cls in project.names.classes(unit):
            model = project.models.of(cls) if cls.function is None else None
            for found in nullable(model) if model is not None and not model.abstract else ():
                if found.origin.path == path and found.origin not in told:
                    told.add(found.origin)
                    yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: Nullable) -> Finding:
        return self.finding(
            project.place(path, found.origin.span),
            f"`{found.field.name}` may be null, and rows where it is are never equal",
            help="say `nulls_distinct=False`, or add a constraint for the rows without one",
            related=() if found.field.owner.unit.is_library else [Related(found.field.place, "it may be null")],
        )
