from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)


class Book(models.Model):
    title = models.CharField(max_length=100)
    author = models.ForeignKey(Author, models.CASCADE)
    coauthors = models.ManyToManyField(Author, related_name="+")
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=False)
    about_type = models.ForeignKey(ContentType, models.CASCADE)
    about_id = models.PositiveIntegerField()
    about = GenericForeignKey("about_type", "about_id")
