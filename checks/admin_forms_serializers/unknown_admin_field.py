from __future__ import annotations

from collections.abc import Iterator

from checks.admin_forms_serializers._names import NameCheck
from linter.finding import Finding
from linter.project import Project
from linter.project.declarations.wrong import Wrong


class UnknownAdminField(NameCheck):
    """An option of a ModelAdmin or an inline names something that is not there, or that cannot be used there.

    What happens depends on the option. Django's system checks look at `list_display`, `list_filter`, `readonly_fields` and
    others; `manage.py` then refuses to start:

    ```text
    (admin.E108) The value of 'list_display[1]' refers to 'auther', which is not a callable or attribute of 'BookAdmin', or an attribute, method, or field on 'app.Book'.
    (admin.E116) The value of 'list_filter[0]' refers to 'auther', which does not refer to a Field.
    (admin.E035) The value of 'readonly_fields[0]' refers to 'auther', which is not a callable, an attribute of 'BookAdmin', or an attribute of 'app.Book'.
    ```

    They never look at `fields` and `fieldsets`, at paths in `ordering`, at `list_select_related`, nor at what a column is
    sorted by (`@admin.display(ordering="name")`, `column.admin_order_field = "name"`). There the page fails when it is opened,
    or when somebody clicks on the head of that column:

    ```text
    django.core.exceptions.FieldError: Unknown field(s) (titel) specified for Book. Check fields/fieldsets/exclude attributes of class BookAdmin.
    django.core.exceptions.FieldError: Cannot resolve keyword 'writer' into field. Choices are: author, id, title
    django.core.exceptions.FieldError: 'created' cannot be specified for Book model form as it is a non-editable field. Check fields/fieldsets/exclude attributes of class BookAdmin.
    ```

    And a wrong name in `exclude` or `actions` is dropped without a word: the field can be edited all the same, the action is
    not offered (these are warnings).

    ## Bad

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
        author = models.CharField(max_length=100)
    ```

    ```python
    # file: app/admin.py
    from django.contrib import admin

    from app.models import Book


    @admin.register(Book)
    class BookAdmin(admin.ModelAdmin):
        list_display = ["author"]
        fields = ["titel", "author"]
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.db import models


    class Book(models.Model):
        title = models.CharField(max_length=100)
        author = models.CharField(max_length=100)
    ```

    ```python
    # file: app/admin.py
    from django.contrib import admin

    from app.models import Book


    @admin.register(Book)
    class BookAdmin(admin.ModelAdmin):
        list_display = ["author"]
        fields = ["title", "author"]
    ```

    ## Silent when

    - the class overrides the method that goes with the option (`get_list_display`, `get_fieldsets`, `get_form`, …);
    - the class, its form or its model may have names that were not seen: a base that was not read, a metaclass, a
      decorator;
    - anything in the project assigns an attribute of that name to some object;
    - `get_queryset` may annotate the name, where the option allows that;
    - the class is registered for no model that is known, or stands in a test.

    ## Fix

    Where exactly one name is near, the name is changed to it. It needs `--unsafe-fixes`: what the author meant is a guess.
    """

    summary = "an option of a ModelAdmin that names a field which the model does not have"
    severity = "error"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        silenced = project.settings.texts("SILENCED_SYSTEM_CHECKS")
        for wrong in project.declarations.admin.wrong_fields(path):
            message, runtime = _said(wrong)
            if runtime[1:11] not in silenced:
                severity = "warning" if wrong.problem in _SILENT else None
                yield self.report(project, wrong, message, runtime, severity=severity)  # type: ignore[arg-type]


_SILENT = frozenset({"no-action", "excludes-nothing"})
# By problem: what is, and what Django says.
_LACKS = "`{model}` has no field `{part}`"
_FORM = "Check fields/fieldsets/exclude attributes of class {cls}."
_SAID = {
    "missing": (
        "neither `{cls}` nor `{model}` has `{part}`",
        "(admin.E108) The value of '{option}' refers to '{name}', which is not a callable or attribute of '{cls}', or an "
        "attribute, method, or field on '{label}'.",
    ),
    "many-to-many": (
        "`{part}` is a many-to-many relation, which no column can show",
        "(admin.E109) The value of '{option}' must not be a many-to-many field or a reverse foreign key.",
    ),
    "not-displayed": (
        "`{part}` is not in `list_display`",
        "(admin.E111) The value of '{option}' refers to '{name}', which is not defined in 'list_display'.",
    ),
    "no-field": (_LACKS, "(admin.E116) The value of '{option}' refers to '{name}', which does not refer to a Field."),
    "no-hierarchy": (
        _LACKS,
        "(admin.E127) The value of '{option}' refers to '{name}', which does not refer to a Field.",
    ),
    "not-in-display": (
        "`{part}` is not in `list_display`",
        "(admin.E122) The value of '{option}' refers to '{name}', which is not contained in 'list_display'.",
    ),
    "not-editable-in-list": (
        "`{part}` is not editable",
        "(admin.E125) The value of '{option}' refers to '{name}', which is not editable through the admin.",
    ),
    "not-readable": (
        "neither `{cls}` nor `{model}` has `{part}`",
        "(admin.E035) The value of '{option}' refers to '{name}', which is not a callable, an attribute of '{cls}', or an "
        "attribute of '{label}'.",
    ),
    "not-a-field": (_LACKS, "({id}) The value of '{option}' refers to '{name}', which is not a field of '{label}'."),
    "not-single": (
        "`{part}` is no relation of `{model}` to one row",
        "FieldError: Invalid field name(s) given in select_related: '{part}'.",
    ),
    "unsortable": (_LACKS, "FieldError: Cannot resolve keyword '{part}' into field."),
    "unsortable-column": (
        _LACKS + ", so the list fails when it is sorted by `{option}`",
        "FieldError: Cannot resolve keyword '{part}' into field.",
    ),
    "no-foreign-key": (_LACKS, "(admin.E202) '{label}' has no field named '{part}'."),
    "not-in-form": (
        "`{model}` has no field `{part}` that a form could show",
        "FieldError: Unknown field(s) ({name}) specified for {model}. " + _FORM,
    ),
    "not-editable": (
        "`{part}` is not editable, so a form cannot show it unless it is in `readonly_fields`",
        "FieldError: '{name}' cannot be specified for {model} model form as it is a non-editable field. " + _FORM,
    ),
    "excludes-nothing": ("`{model}` has no field `{part}`, so nothing is excluded", ""),
    "no-action": ("`{cls}` has no method `{part}`, so the action is never offered", ""),
}
# The system check of each option that must name a field.
_IDS = {
    "ordering": "admin.E033",
    "raw_id_fields": "admin.E002",
    "autocomplete_fields": "admin.E037",
    "filter_horizontal": "admin.E019",
    "filter_vertical": "admin.E019",
    "radio_fields": "admin.E022",
    "prepopulated_fields": "admin.E027",
    "list_editable": "admin.E121",
}
_WITHOUT_INDEX = frozenset({"radio_fields", "prepopulated_fields", "date_hierarchy"})


def _said(wrong: Wrong) -> tuple[str, str]:
    message, runtime = _SAID[wrong.problem]
    index = "" if wrong.position is None or wrong.option in _WITHOUT_INDEX else f"[{wrong.position}]"
    if wrong.target:
        message, wrong = "`{part}` does not lead from `{target}` to anything", wrong
    words = {
        "cls": wrong.cls.name,
        "model": wrong.model.name if wrong.model is not None else "",
        "label": (wrong.model.label if wrong.model is not None else None) or "",
        "name": wrong.name.lstrip("-") if wrong.option == "ordering" else wrong.name,
        "part": wrong.part,
        "option": wrong.option + index,
        "target": wrong.target,
        "id": _IDS.get(wrong.option, "admin.E030"),
    }
    said = runtime.format(**words)
    where = "" if wrong.where.unit is wrong.cls.unit else f" (in `{wrong.option}` of `{wrong.cls.name}`)"
    return message.format(**words) + where, said
