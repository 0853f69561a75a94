from django.db import models


class Late(models.Model):
    number = models.CharField(max_length=20)
