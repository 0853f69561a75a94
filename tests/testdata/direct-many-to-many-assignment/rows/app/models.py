from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Tag(models.Model):
    word = models.CharField(max_length=20)


class Note(models.Model):
    kind = models.ForeignKey(ContentType, models.CASCADE)
    number = models.IntegerField()
    about = GenericForeignKey("kind", "number")


class Author(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    title = models.CharField(max_length=50, unique=True)
    author = models.ForeignKey(Author, models.CASCADE, null=True, related_name="books")
    second = models.ForeignKey(Author, models.CASCADE, null=True, related_name="+")
    tags = models.ManyToManyField(Tag)
    notes = GenericRelation(Note, "number", "kind")


class Cover(models.Model):
    book = models.OneToOneField(Book, models.CASCADE)
