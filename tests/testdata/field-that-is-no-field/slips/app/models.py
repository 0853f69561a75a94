from django import forms
from django.db import models


class Dated(models.Model):
    created = models.DateTimeField()

    class Meta:
        abstract = True


class Book(Dated):
    title = models.CharField(max_length=10),
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ field-that-is-no-field
    author = models.ForeignKey(
        "auth.User",
        on_delete=models.CASCADE,
    )
    größe: models.IntegerField(default=1)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ field-that-is-no-field

    # Typed, and a field.
    pages: models.IntegerField = models.IntegerField(default=1)
    # What it has anyway: from a parent, from another line.
    created: models.DateTimeField()
    cover: models.ImageField(upload_to="covers")
    cover = models.ImageField(upload_to="covers")
    # Meant: it says so.
    candidates = (models.IntegerField(),)
    # No fields at all.
    choices = models.Q(pages=1),
    limit: int


class BookForm(forms.Form):
    title = forms.CharField() ,
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ field-that-is-no-field
    pages = forms.IntegerField()


class Columns:
    title = models.CharField(max_length=10),
