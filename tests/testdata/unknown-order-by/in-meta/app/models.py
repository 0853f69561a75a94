from django.db import models
from django.db.models import F
from django.db.models.functions import Lower


class Author(models.Model):
    name = models.CharField(max_length=20)

    class Meta:
        ordering = ["-nmae", "pk", "book__title", "?"]
        #             ^^^^ unknown-order-by
        get_latest_by = "born"
        #                ^^^^ unknown-order-by


class Dated(models.Model):
    day = models.DateField()

    class Meta:
        abstract = True
        ordering = ["day", "author__name", "weight"]  # every model below has these
        get_latest_by = ["-day", "hour"]
        #                         ^^^^ unknown-order-by


class Book(Dated):
    title = models.CharField(max_length=20)
    author = models.ForeignKey(Author, models.CASCADE)
    weight = models.IntegerField()

    class Meta(Dated.Meta):
        verbose_name = "volume"


class Proxy(Book):
    class Meta:
        proxy = True
        ordering = [Lower("title").desc(), F("author__name"), "author__nam", "day__year"]
        #                                                              ^^^ unknown-order-by
