from django.db import models


class Cover(models.Model):
    color = models.CharField(max_length=10)


class Page(models.Model):
    title = models.CharField(max_length=10)
    cover = models.OneToOneField(Cover, models.CASCADE, null=True)
