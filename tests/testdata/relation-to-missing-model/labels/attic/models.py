"""An app that is not installed: Django never reads it."""

from django.db import models


class Box(models.Model):
    lid = models.ForeignKey("Lid", models.CASCADE)
