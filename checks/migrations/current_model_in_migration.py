from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.history.current import TooNew


class CurrentModelInMigration(Check):
    """Code of a migration imports a model and queries it, while its table does not have all columns of the model yet.

    The class in `models.py` is the model of today. A query names all its columns, those too that later migrations add, so the
    migration fails on every new database: that of the tests, of a new colleague, of the next customer. Databases that ran it
    before the column came notice nothing:

    ```text
    django.db.utils.OperationalError: no such column: app_article.status
    ```

    `apps.get_model()` gives the model as it is at that point.

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Article(models.Model):
        title = models.CharField(max_length=100)
        status = models.CharField(max_length=20, default="draft")
    ```

    ```python
    # file: app/migrations/0001_initial.py
    from django.db import migrations, models

    class Migration(migrations.Migration):
        initial = True
        dependencies = []
        operations = [
            migrations.CreateModel(
                "Article",
                [("id", models.BigAutoField(primary_key=True)), ("title", models.CharField(max_length=100))],
            ),
        ]
    ```

    ```python
    # file: app/migrations/0003_article_status.py
    from django.db import migrations, models


    class Migration(migrations.Migration):
        dependencies = [("app", "0002_titles")]
        operations = [migrations.AddField("article", "status", models.CharField(max_length=20, default="draft"))]
    ```

    ```python
    # file: app/migrations/0002_titles.py
    from django.db import migrations

    from app.models import Article


    def clean_titles(apps, schema_editor):
        for article in Article.objects.all():
            Article.objects.filter(pk=article.pk).update(title=article.title.strip())


    class Migration(migrations.Migration):
        dependencies = [("app", "0001_initial")]
        operations = [migrations.RunPython(clean_titles, migrations.RunPython.noop)]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Article(models.Model):
        title = models.CharField(max_length=100)
        status = models.CharField(max_length=20, default="draft")
    ```

    ```python
    # file: app/migrations/0001_initial.py
    from django.db import migrations, models

    class Migration(migrations.Migration):
        initial = True
        dependencies = []
        operations = [
            migrations.CreateModel(
                "Article",
                [("id", models.BigAutoField(primary_key=True)), ("title", models.CharField(max_length=100))],
            ),
        ]
    ```

    ```python
    # file: app/migrations/0003_article_status.py
    from django.db import migrations, models


    class Migration(migrations.Migration):
        dependencies = [("app", "0002_titles")]
        operations = [migrations.AddField("article", "status", models.CharField(max_length=20, default="draft"))]
    ```

    ```python
    # file: app/migrations/0002_titles.py
    from django.db import migrations


    def clean_titles(apps, schema_editor):
        Article = apps.get_model("app", "Article")
        for article in Article.objects.all():
            Article.objects.filter(pk=article.pk).update(title=article.title.strip())


    class Migration(migrations.Migration):
        dependencies = [("app", "0001_initial")]
        operations = [migrations.RunPython(clean_titles, migrations.RunPython.noop)]
    ```

    ## Silent when

    - no later migration of the app adds a column that the model has, or the app's migrations could not all be read;
    - the column may come from a migration that is neither surely before this one nor surely after it;
    - the model inherits another one's table, or its class is an installed package's;
    - the query names the columns that it wants (`only`, `values`), counts, updates or deletes, or is not made at once;
    - the failure is caught.

    ## Fix

    None: what the code asks of the model may not be there at that point, either.
    """

    summary = "a migration that queries a model of today, whose table gets a column later"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        if path not in project.history.paths:
            return
        seen: set[str] = set()
        for found in project.history.current.in_file(path):
            if found.model.name not in seen:  # one `apps.get_model()` mends all of them
                seen.add(found.model.name)
                yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: TooNew) -> Finding:
        model, unit = found.model, found.change.migration.unit
        field = model.fields[found.field]
        return self.finding(
            project.place(path, found.span),
            f"`{model.name}` is the model of today: its table has no `{found.field}` at this point of the migrations",
            runtime=f"no such column: {model.db_table}.{field.column}",
            help=f'use `apps.get_model("{model.app_label}", "{model.name}")`',
            related=[Related(project.place(unit.path, unit.span(found.change.at)), f"`{found.field}` is added here")],
        )
