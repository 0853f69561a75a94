# Before the lines.
#^^^^^^^^^^^^^^^^^^ backup-module
from django.db import models

FORMAT = "{:06}"


class Order(models.Model):
    number = models.CharField(max_length=20)
