from __future__ import annotations

from collections.abc import Iterator

from checks.admin_forms_serializers._names import NameCheck
from linter.finding import Finding
from linter.project import Project


class UnknownFilterField(NameCheck):
    """A FilterSet of django-filter names a field that its model does not have.

    A name in `Meta.fields` fails when the module is imported, and the URL configuration with it:

    ```text
    TypeError: 'Meta.fields' must not contain non-model field names: titel
    ```

    A filter that the class declares fails when somebody uses it:

    ```text
    django.core.exceptions.FieldError: Cannot resolve keyword 'titel' into field. Choices are: id, title
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/filters.py
    import django_filters

    from app.models import Book


    class BookFilter(django_filters.FilterSet):
        class Meta:
            model = Book
            fields = ["titel"]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/filters.py
    import django_filters

    from app.models import Book


    class BookFilter(django_filters.FilterSet):
        class Meta:
            model = Book
            fields = ["title"]
    ```

    ## Silent when

    - the filter has a `method`, or is of a class of the project's own that filters in its own way;
    - anything in the project annotates the name or assigns an attribute of it;
    - the FilterSet or its model may have names that were not seen, or it makes its filters itself;
    - the class stands in a test.

    ## Fix

    Where exactly one name is near, the name is changed to it. It needs `--unsafe-fixes`: what the author meant is a guess.
    """

    summary = "a FilterSet that names a field which its model does not have"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for wrong in project.declarations.filters.wrong(path):
            model = wrong.model.name if wrong.model is not None else ""
            message = f"`{model}` has no field `{wrong.part}`"
            runtime = f"FieldError: Cannot resolve keyword '{wrong.part}' into field."
            if wrong.target:
                message = f"`{wrong.part}` does not follow from `{wrong.target}`"
                runtime = f"FieldError: Unsupported lookup '{wrong.part}' for {wrong.target} or join on the field not permitted."
            if wrong.option == "Meta.fields":
                runtime = f"TypeError: 'Meta.fields' must not contain non-model field names: {wrong.name}"
            yield self.report(project, wrong, message, runtime)
