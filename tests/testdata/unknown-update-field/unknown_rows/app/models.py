from django.db import models


class Profile(models.Model):
    phone = models.CharField(max_length=30)


class UserGroup(models.Model):
    label = models.CharField(max_length=30)
    size = models.IntegerField()


class Ticket(models.Model):
    label = models.CharField(max_length=30)
    owner = models.CharField(max_length=30)
