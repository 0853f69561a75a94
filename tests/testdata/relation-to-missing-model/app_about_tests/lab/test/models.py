"""The app is about tests: this package is none of its own tests, and `lab.models` imports it."""

from django.db import models


class Test(models.Model):
    name = models.CharField(max_length=20)
