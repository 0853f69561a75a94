from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.imports.modules import is_test
from linter.project.queries import OrmCall
from linter.project.queries.methods import CREATES_OR_GETS
from linter.project.queries.rows import Asked, asked, is_one_row


class GetOrCreateWithoutUnique(Check):
    """`get_or_create()` by fields that no constraint makes unique makes two rows when two requests come at once.

    `get_or_create()` and `update_or_create()` look for the row, and make it where it is missing. Two requests that look at
    the same moment both find nothing, and both make one, unless the database refuses the second. From then on every such
    call fails:

    ```text
    app.models.Subscription.MultipleObjectsReturned: get() returned more than one Subscription -- it returned 2!
    ```

    Off by default: where only one process ever makes such rows (an import, a command, a single worker) it never happens, and
    the code does not show that. Select it by name to see every place.

    ## Bad

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db import models


    class Subscription(models.Model):
        user = models.ForeignKey(User, on_delete=models.CASCADE)
        topic = models.CharField(max_length=50)


    def subscribe(user, topic):
        return Subscription.objects.get_or_create(user=user, topic=topic)[0]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db import models


    class Subscription(models.Model):
        user = models.ForeignKey(User, on_delete=models.CASCADE)
        topic = models.CharField(max_length=50)

        class Meta:
            constraints = [models.UniqueConstraint(fields=["user", "topic"], name="one_subscription")]


    def subscribe(user, topic):
        return Subscription.objects.get_or_create(user=user, topic=topic)[0]
    ```

    ## Silent when

    - nobody selected it by name;
    - the lookups include a whole unique key: the primary key, a `unique=True` or one-to-one field, all fields of a
      `unique_together` or `UniqueConstraint`, also through relations;
    - a constraint that holds under a condition, or for an expression, may make them unique; or not every constraint is known;
    - something else may narrow the rows: `**kwargs`, a queryset from elsewhere, a manager of the project's own;
    - it stands in tests or in a management command.
    """

    summary = "`get_or_create()` by fields that no constraint makes unique"
    severity = "info"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if is_test(path) or "/management/commands/" in f"/{path}":
            return
        for made in project.queries.calls(path):
            if made.method in CREATES_OR_GETS:
                found = asked(project.flow, made)
                if found is not None and found.lookups and is_one_row(found.model, found.lookups) is False:
                    yield self.report(project, made, found)

    def report(self, project: Project, made: OrmCall, found: Asked) -> Finding:
        model, names = found.model, ", ".join(f"`{name}`" for name in found.lookups)
        return self.finding(
            project.place(made.scope.unit.path, made.span),
            f"no constraint of `{model.name}` makes {names} unique, so two requests at once make two rows",
            runtime=f"get() returned more than one {model.name} -- it returned 2!",
            help="add a `UniqueConstraint` on these fields",
            related=()
            if model.symbol.unit.is_library
            else [Related(project.class_place(model.symbol), f"`{model.name}` is defined here")],
        )
