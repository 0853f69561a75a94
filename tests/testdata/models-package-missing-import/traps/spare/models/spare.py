from django.db import models


class Spare(models.Model):
    number = models.CharField(max_length=20)
