from django.db import models


class Thing(models.Model):
    title = models.CharField(max_length=10)
