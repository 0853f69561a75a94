from __future__ import annotations

from collections.abc import Iterator

from checks.admin_forms_serializers._names import NameCheck
from linter.finding import Finding
from linter.project import Project


class UnknownViewOption(NameCheck):
    """An option of a class-based view names a field that the model of its rows does not have, or is none of the view's.

    Views of Django REST framework fail when a request uses the option: `lookup_field` at every look at one row, `ordering` at
    every list, `search_fields` and `ordering_fields` when somebody searches and sorts, `filterset_fields` (of django-filter) at
    every list.

    ```text
    django.core.exceptions.FieldError: Cannot resolve keyword 'titel' into field. Choices are: id, title
    TypeError: 'Meta.fields' must not contain non-model field names: titel
    ```

    Django's own generic views do so with `fields`, `ordering`, `date_field` and `slug_field` (a warning: it is used only where
    the URL gives a slug and no key):

    ```text
    django.core.exceptions.FieldError: Unknown field(s) (titel) specified for Book
    django.core.exceptions.FieldError: Cannot resolve keyword 'created' into field. Choices are: id, title
    ```

    And a keyword of `as_view()` that is no attribute of the class fails when the URL configuration is imported:

    ```text
    TypeError: BookList() received an invalid keyword 'modle'. as_view only accepts arguments that are already attributes of the class.
    ```

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/views.py
    from django.views.generic import CreateView, ListView

    from app.models import Book


    class BookList(ListView):
        model = Book
        ordering = ["titel"]


    class NewBook(CreateView):
        model = Book
        fields = ["title"]
        success_url = "/"
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
    ```

    ```python
    # file: app/views.py
    from django.views.generic import CreateView, ListView

    from app.models import Book


    class BookList(ListView):
        model = Book
        ordering = ["title"]


    class NewBook(CreateView):
        model = Book
        fields = ["title"]
        success_url = "/"
    ```

    ## Silent when

    - it is not known whose rows the view gives out, or they may be annotated with the name;
    - the view overrides the method that uses the option (`get_object`, `get_queryset`, `filter_queryset`, `get_form_class`, …);
    - no filter backend of the view is known to use the option, or one of the project's own reads it differently;
    - the model, or the class in `as_view()`, may have names that were not seen;
    - the class stands in a test.

    ## Fix

    Where exactly one name is near, the name is changed to it. It needs `--unsafe-fixes`: what the author meant is a guess.
    """

    summary = "an option of a class-based view that names a field which the model does not have"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for wrong in project.declarations.views.wrong(path):
            message, runtime = _SAID[wrong.problem]
            words = {
                "cls": wrong.cls.name,
                "model": wrong.model.name if wrong.model is not None else "",
                "name": wrong.name,
                "part": wrong.part,
                "target": wrong.target,
            }
            if wrong.target:
                message = "`{part}` does not follow from `{target}`"
                runtime = "FieldError: Unsupported lookup '{part}' for {target} or join on the field not permitted."
            severity = "warning" if wrong.problem == "slug" else None
            yield self.report(
                project, wrong, message.format(**words), runtime.format(**words), severity=severity  # type: ignore[arg-type]
            )  # fmt: skip


# By problem: what is, and what the framework says.
_LACKS = "`{model}` has no field `{part}`"
_KEYWORD = "FieldError: Cannot resolve keyword '{part}' into field."
_SAID = {
    "lookup": (_LACKS, _KEYWORD),
    "slug": (_LACKS + ", so no URL can look for it", _KEYWORD),
    "search": (_LACKS, _KEYWORD),
    "ordering": (_LACKS, _KEYWORD),
    "relation": (
        "`{part}` is a relation, which has no text to search",
        "FieldError: Unsupported lookup 'icontains' for ForeignKey or join on the field not permitted.",
    ),
    "filter": (_LACKS, "TypeError: 'Meta.fields' must not contain non-model field names: {name}"),
    "date": (_LACKS, _KEYWORD),
    "not-in-form": (
        "`{model}` has no field `{part}` that a form could show",
        "FieldError: Unknown field(s) ({name}) specified for {model}",
    ),
    "not-editable": (
        "`{part}` is not editable, so no form can show it",
        "FieldError: '{name}' cannot be specified for {model} model form as it is a non-editable field",
    ),
    "keyword": (
        "`{cls}` has no attribute `{name}` that `as_view()` could set",
        "TypeError: {cls}() received an invalid keyword '{name}'. as_view only accepts arguments that are already "
        "attributes of the class.",
    ),
}
