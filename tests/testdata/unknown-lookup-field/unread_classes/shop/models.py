from typing import TYPE_CHECKING

from django.db import models
from shiny_fields import ShinyField, ShinyForeignKey, TranslationField, Translations

if TYPE_CHECKING:
    from django_stubs_ext.db.models import TypedModelMeta
else:
    TypedModelMeta = object


class Author(models.Model):
    name = models.CharField(max_length=100)

    class Meta(TypedModelMeta):
        ordering = ["name"]


class Colored(models.Model):
    color = ShinyField()

    class Meta:
        abstract = True


class Book(Colored):
    title = models.CharField(max_length=100)
    author = ShinyForeignKey(Author, related_name="books")


class Page(models.Model):
    text = models.TextField()
    words = Translations("text")


class Line(models.Model):
    text = models.TextField()
    translated = TranslationField()
