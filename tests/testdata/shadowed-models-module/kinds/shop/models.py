"""Before it was split up."""
#^^^^^^^^^^^^^^^^^^^^^^^^^^^^ shadowed-models-module

from django.db import models


class Order(models.Model):
    number = models.CharField(max_length=20)
