from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)


class Shop(models.Model):
    code = models.CharField(max_length=50, unique=True)


class Book(models.Model):
    title = models.CharField(max_length=50, unique=True)
    author = models.ForeignKey(Author, models.CASCADE, null=True)
    shop = models.ForeignKey(Shop, models.CASCADE, to_field="code", null=True)


class Cover(models.Model):
    book = models.OneToOneField(Book, models.CASCADE)
