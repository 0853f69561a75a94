from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=10)


def counted():
    return Book.objects.order_by("titel").distinct().count()


def listed():
    return list(Book.objects.order_by("titel"))
    #                                  ^^^^^ unknown-order-by
