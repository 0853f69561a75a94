from __future__ import annotations

from collections.abc import Iterator

from checks.admin_forms_serializers._names import NameCheck
from linter.finding import Finding
from linter.project import Project
from linter.project.declarations.wrong import Wrong


class UnknownAdminSearchField(NameCheck):
    """A name in `search_fields` of a ModelAdmin that no search can use.

    No system check of Django looks at `search_fields`. The admin starts, its list page opens, and the first person who
    types something into the search box gets an error 500. Either the model has no such field:

    ```text
    django.core.exceptions.FieldError: Cannot resolve keyword 'titel' into field. Choices are: author, author_id, id, title
    ```

    or the name ends on a relation, where there is no text to be searched:

    ```text
    django.core.exceptions.FieldError: Unsupported lookup 'icontains' for ForeignKey or join on the field not permitted.
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=100)


    class Book(models.Model):
        title = models.CharField(max_length=100)
        author = models.ForeignKey(Author, models.CASCADE)
    ```

    ```python
    # file: app/admin.py
    from django.contrib import admin

    from app.models import Book


    @admin.register(Book)
    class BookAdmin(admin.ModelAdmin):
        search_fields = ["titel", "author__name"]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Author(models.Model):
        name = models.CharField(max_length=100)


    class Book(models.Model):
        title = models.CharField(max_length=100)
        author = models.ForeignKey(Author, models.CASCADE)
    ```

    ```python
    # file: app/admin.py
    from django.contrib import admin

    from app.models import Book


    @admin.register(Book)
    class BookAdmin(admin.ModelAdmin):
        search_fields = ["title", "author__name"]
    ```

    ## Silent when

    - the class overrides `get_search_fields` or `get_search_results`;
    - `get_queryset` or the model's manager annotates the name, or does what cannot be followed;
    - the class is registered for no model that is known, or names may exist on the model that were not seen;
    - the class stands in a test.

    ## Fix

    Where exactly one name of the model is near, the name is changed to it. It needs `--unsafe-fixes`: what the author
    meant is a guess.
    """

    summary = "a name in `search_fields` of a ModelAdmin that fails at the first search"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for wrong in project.declarations.admin.wrong_search_fields(path):
            if wrong.problem == "relation":
                yield self._relation(project, wrong)
            else:
                yield self._missing(project, wrong)

    def _missing(self, project: Project, wrong: Wrong) -> Finding:
        tail = wrong.name.lstrip("^=@")[wrong.offset - (len(wrong.name) - len(wrong.name.lstrip("^=@"))) :]
        if wrong.target:
            message = f"`{wrong.part}` is no lookup of `{wrong.target}`"
            runtime = f"FieldError: Unsupported lookup '{tail}' for {wrong.target} or join on the field not permitted."
        else:
            name = wrong.model.name if wrong.model is not None else ""
            message = f"`{name}` has no field `{wrong.part}`"
            runtime = f"FieldError: Cannot resolve keyword '{wrong.part}' into field."
        return self.report(project, wrong, f"{message}, so every search in `{wrong.cls.name}` fails", runtime)

    def _relation(self, project: Project, wrong: Wrong) -> Finding:
        return self.report(
            project,
            wrong,
            f"`{wrong.part}` is a relation, which has no text to search, so every search in `{wrong.cls.name}` fails",
            f"FieldError: Unsupported lookup 'icontains' for {wrong.target} or join on the field not permitted.",
            help=f"name a field of the other model: `{wrong.name}__…`",
        )
