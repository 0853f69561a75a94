from django.db import models


class Loaded(models.Model):
    name = models.CharField(max_length=20)
