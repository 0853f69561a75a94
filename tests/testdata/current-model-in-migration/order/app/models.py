from django.db import models


class Article(models.Model):
    title = models.CharField(max_length=100)
    slug = models.SlugField(default="")
    status = models.CharField(max_length=20, default="draft")


class Tag(models.Model):
    word = models.CharField(max_length=20)
    articles = models.ManyToManyField(Article)  # a table of its own


class Special(Tag):
    more = models.TextField(default="")


def upload_to(instance, filename):
    return filename
