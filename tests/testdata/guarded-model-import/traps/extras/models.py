from django.db import models


class Extra(models.Model):
    name = models.CharField(max_length=20)
