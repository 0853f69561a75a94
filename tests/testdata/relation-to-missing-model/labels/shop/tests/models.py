"""Known to Django only while tests run."""

from django.db import models


class ForTests(models.Model):
    nothing = models.ForeignKey("shop.NotThereYet", models.CASCADE)
