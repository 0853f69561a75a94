from django.db import models

from shop.made import based, counted, counting, scoped


class Book(counted("book"), models.Model):
    title = models.CharField(max_length=100)

    objects = scoped(title="x")


class Line(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)


class Order(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)

    objects = counting()


class Other(based(models.Model)):
    text = models.TextField()
