from django.db import models


class Order(models.Model):
    """Of an app of its own."""

    number = models.CharField(max_length=20)
