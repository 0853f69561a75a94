from django.db import models


class Check(models.Model):
    name = models.CharField(max_length=100)


class Ping(models.Model):
    owner = models.ForeignKey(Check, models.CASCADE)
