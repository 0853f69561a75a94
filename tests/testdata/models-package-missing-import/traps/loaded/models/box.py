from django.db import models


class Box(models.Model):
    number = models.CharField(max_length=20)
