from django.db import models


class Named(models.Model):
    number = models.CharField(max_length=20)
