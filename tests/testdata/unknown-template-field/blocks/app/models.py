from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=10)
    author = models.ForeignKey("Author", models.CASCADE)


class Author(models.Model):
    name = models.CharField(max_length=10)
