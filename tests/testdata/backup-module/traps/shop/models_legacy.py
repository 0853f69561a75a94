"""Other tables, of the shop before this one."""

from django.db import models


class OldOrder(models.Model):
    number = models.CharField(max_length=20)


class Stamped(models.Model):
    class Meta:
        abstract = True
