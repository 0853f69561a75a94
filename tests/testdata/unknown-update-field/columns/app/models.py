from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Tag(models.Model):
    word = models.CharField(max_length=20)


class Author(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    title = models.CharField(max_length=50, unique=True)
    pages = models.IntegerField(default=0)
    author = models.ForeignKey(Author, models.CASCADE, null=True, related_name="books")
    tags = models.ManyToManyField(Tag)
    kind = models.ForeignKey(ContentType, models.CASCADE, null=True)
    number = models.IntegerField(null=True)
    about = GenericForeignKey("kind", "number")

    @property
    def is_long(self):
        return self.pages > 500


class Review(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)
    text = models.TextField()


class Novel(Book):
    epoch = models.CharField(max_length=50)
