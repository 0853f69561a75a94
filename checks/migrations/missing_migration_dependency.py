from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.history.absent import Absent


class MissingMigrationDependency(Check):
    """Code of a migration gets a model of an app that none of its dependencies lead to, or one that is not there yet.

    `apps` holds the apps whose migrations have run by then. Only dependencies make sure that they have: without one the order
    is that of the apps' labels and of other migrations. It holds when all is migrated at once, and breaks when one app is
    migrated alone, when an app is renamed, or when a migration elsewhere gets a dependency:

    ```text
    LookupError: No installed app with label 'catalogue'.
    ```

    A model that a later operation creates, or that an earlier one removed or renamed, is not there in any order:

    ```text
    LookupError: App 'orders' doesn't have a 'Line' model.
    ```

    ## Bad

    ```python
    # file: catalogue/migrations/0001_initial.py
    from django.db import migrations, models


    class Migration(migrations.Migration):
        initial = True
        dependencies = []
        operations = [migrations.CreateModel("Product", [("id", models.BigAutoField(primary_key=True))])]
    ```

    ```python
    # file: basket/migrations/0001_initial.py
    from django.db import migrations, models


    def fill(apps, schema_editor):
        Product = apps.get_model("catalogue", "Product")
        Line = apps.get_model("basket", "Line")
        Line.objects.bulk_create(Line(product=product.pk) for product in Product.objects.all())


    class Migration(migrations.Migration):
        initial = True
        dependencies = []
        operations = [
            migrations.CreateModel(
                "Line", [("id", models.BigAutoField(primary_key=True)), ("product", models.IntegerField())]
            ),
            migrations.RunPython(fill, migrations.RunPython.noop),
        ]
    ```

    ## Good

    ```python
    # file: catalogue/migrations/0001_initial.py
    from django.db import migrations, models


    class Migration(migrations.Migration):
        initial = True
        dependencies = []
        operations = [migrations.CreateModel("Product", [("id", models.BigAutoField(primary_key=True))])]
    ```

    ```python
    # file: basket/migrations/0001_initial.py
    from django.db import migrations, models


    def fill(apps, schema_editor):
        Product = apps.get_model("catalogue", "Product")
        Line = apps.get_model("basket", "Line")
        Line.objects.bulk_create(Line(product=product.pk) for product in Product.objects.all())


    class Migration(migrations.Migration):
        initial = True
        dependencies = [("catalogue", "0001_initial")]
        operations = [
            migrations.CreateModel(
                "Line", [("id", models.BigAutoField(primary_key=True)), ("product", models.IntegerField())]
            ),
            migrations.RunPython(fill, migrations.RunPython.noop),
        ]
    ```

    ## Silent when

    - a dependency could not be read, or leads to an app whose own dependencies are not known: only those of the project and
      of Django are;
    - the app has no migrations, or is neither the project's nor Django's;
    - the function asks `apps.is_installed()` or `app_configs` first, or catches `LookupError`;
    - the app's migrations hold operations that are worked out at run time, or the model may come from a migration that is
      neither surely before this one nor surely after it.

    ## Fix

    None: which migration of the other app is needed is not the tool's to decide.
    """

    summary = "a migration that gets a model of an app it does not depend on, or that is not there yet"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if path not in project.history.paths:
            return
        seen: set[tuple[str, str]] = set()
        for absent in project.history.absent.in_file(path):
            key = (absent.app_label, "" if absent.why == "no dependency" else absent.model)
            if key not in seen:  # one dependency mends all of them
                seen.add(key)
                yield self.report(project, path, absent)

    def report(self, project: Project, path: str, absent: Absent) -> Finding:
        place = project.place(path, absent.span)
        creator = project.history.creator(absent.app_label, absent.model)
        related = []
        if creator is not None:
            related.append(Related(project.class_place(creator.cls), f"`{absent.model}` comes with this migration"))
        if absent.why == "no model":
            return self.finding(
                place,
                f"app `{absent.app_label}` has no model `{absent.model}` at this point of the migrations",
                severity="error",
                runtime=f"App '{absent.app_label}' doesn't have a '{absent.model}' model.",
                related=related,
            )
        name = creator.name if creator is not None else "0001_initial"
        return self.finding(
            place,
            f"`{absent.migration.name}` depends on no migration of `{absent.app_label}`, whose `{absent.model}` it gets: "
            "it may run first",
            runtime=f"No installed app with label '{absent.app_label}'.",
            help=f'add ("{absent.app_label}", "{name}"), or a later one, to the dependencies',
            related=related,
        )
