from django.db import models


class Dated(models.Model):
    day = models.DateField()

    class Meta:
        abstract = True
        permissions = [("see_day", "See the day")]


class Book(Dated):
    title = models.CharField(max_length=100)


class Author(Dated):
    name = models.CharField(max_length=100)

    class Meta(Dated.Meta):
        default_permissions = ("add",)


class Best(Book):
    class Meta:
        proxy = True
        permissions = (("praise_best", "Praise"),)
