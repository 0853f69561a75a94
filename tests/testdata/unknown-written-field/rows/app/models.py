from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.functional import cached_property


class Author(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    LONG = 500

    title = models.CharField(max_length=50, unique=True)
    pages = models.IntegerField(default=0)
    author = models.ForeignKey(Author, models.CASCADE, null=True)
    kind = models.ForeignKey(ContentType, models.CASCADE, null=True)
    number = models.IntegerField(null=True)
    about = GenericForeignKey("kind", "number")

    @property
    def is_long(self):
        return self.pages > self.LONG

    @property
    def sheets(self):
        return self.pages / 2

    @sheets.setter
    def sheets(self, value):
        self.pages = value * 2

    @cached_property
    def weight(self):
        return self.pages * 3

    def lines(self):
        return self.pages * 40


class Review(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)


class Novel(Book):
    epoch = models.CharField(max_length=50)
