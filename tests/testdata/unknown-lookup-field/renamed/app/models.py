from django.db import models


class Check(models.Model):
    name = models.CharField(max_length=40)
    last_ping = models.DateTimeField(null=True)


class Ping(models.Model):
    check_of = models.ForeignKey(Check, models.CASCADE)
    kind = models.CharField(max_length=40)
