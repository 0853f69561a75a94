from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Related
from linter.project import Project
from linter.project.queries.at_import import AtImport


class QueryAtImport(Check):
    """A query is made when a module is imported: by a class body, a constant, the default of a parameter, or `ready()`.

    Modules are imported by every command, `migrate` among them, and then there is no table yet. A new checkout, a test run or
    the next deployment cannot get past

    ```text
    django.db.utils.OperationalError: no such table: app_topic
    ```

    Where the table is there, what was asked once is never asked again: the choices of the form are those of the day when the
    process started. For queries of `AppConfig.ready()` Django warns since 5.0.

    ## Bad

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["app"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
    ROOT_URLCONF = "app.forms"
    ```

    ```python
    # file: app/models.py
    from django.db import models


    class Topic(models.Model):
        name = models.CharField(max_length=50)
    ```

    ```python
    # file: app/forms.py
    from django import forms

    from app.models import Topic

    urlpatterns = []


    class PostForm(forms.Form):
        topic = forms.ChoiceField(choices=list(Topic.objects.values_list("id", "name")))
    ```

    ## Good

    ```python
    # file: settings.py
    SECRET_KEY = "only for development"
    INSTALLED_APPS = ["app"]
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
    DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
    ROOT_URLCONF = "app.forms"
    ```

    ```python
    # file: app/models.py
    from django.db import models


    class Topic(models.Model):
        name = models.CharField(max_length=50)
    ```

    ```python
    # file: app/forms.py
    from django import forms

    from app.models import Topic

    urlpatterns = []


    class PostForm(forms.Form):
        topic = forms.ModelChoiceField(queryset=Topic.objects.all())
    ```

    ## Silent when

    - the queryset is only made, not evaluated: `ModelChoiceField(queryset=Topic.objects.all())`;
    - it stands under `if`, `try` or `with`, in a function that nothing calls at import, or in a lambda;
    - the module is not certain to be imported when Django starts, or is a script that sets Django up itself;
    - it stands in tests or in migrations.

    ## Fix

    None: a function in its place (`choices=topics`), `ModelChoiceField`, or the form's `__init__()` asks each time.
    """

    summary = "a query that is made when a module is imported, before the tables may be there"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.queries_at_import.of(path):
            yield self.report(project, path, found)

    def report(self, project: Project, path: str, found: AtImport) -> Finding:
        through = found.through
        when = "before the app can be used" if found.is_ready else "when the module is imported"
        what = f"`{found.name}()` asks the database" if found.name != "for" else "the database is asked"
        return self.finding(
            project.place(path, found.span),
            f"{what} {when}: there may be no table yet",
            severity="warning" if found.is_ready else None,
            help="ask when it is needed: in a function, or with a queryset that is not evaluated yet",
            related=[Related(project.place(through.unit.path, through.span), "this asks")]
            if through is not None
            else (),
        )
