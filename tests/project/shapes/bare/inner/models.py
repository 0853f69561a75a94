"""An app in folders without `__init__.py`."""

from django.db import models


class Leaf(models.Model):
    text = models.TextField()
