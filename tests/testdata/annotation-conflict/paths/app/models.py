from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=40)
    born = models.DateField(null=True)
    friends = models.ManyToManyField("self")


class Tag(models.Model):
    word = models.CharField(max_length=40)
    items = GenericRelation("app.Note")


class Book(models.Model):
    title = models.CharField(max_length=40)
    author = models.ForeignKey(Author, models.CASCADE)
    editor = models.ForeignKey(Author, models.CASCADE, null=True, related_name="edited", related_query_name="edition")
    tags = models.ManyToManyField(Tag)
    data = models.JSONField(default=dict)
    printed = models.DateTimeField(null=True)


class Novel(Book):
    pages = models.IntegerField(default=0)


class Cover(models.Model):
    book = models.OneToOneField(Book, models.CASCADE)
    colour = models.CharField(max_length=40)


class Note(models.Model):
    text = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.IntegerField()
    about = GenericForeignKey()
