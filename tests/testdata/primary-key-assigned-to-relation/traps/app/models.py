from django.db import models
from elsewhere.fields import SoftForeignKey


class Author(models.Model):
    name = models.CharField(max_length=50)


class BookManager(models.Manager):
    def create(self, *, author, **kwargs):
        return super().create(author_id=author, **kwargs)


class Book(models.Model):
    author = models.ForeignKey(Author, models.CASCADE)

    objects = BookManager()


class Loose(models.Model):
    author = SoftForeignKey(Author, models.CASCADE)


class Taking(models.Model):
    author = models.ForeignKey(Author, models.CASCADE)

    def __init__(self, *args, author=None, **kwargs):
        if isinstance(author, int):
            kwargs["author_id"] = author
        super().__init__(*args, **kwargs)
