from django.db import models


class Profile(models.Model):
    name = models.CharField(max_length=10, unique=True)
    locale = models.CharField(max_length=10, default="en")
