from django.contrib.auth.models import AbstractUser
from django.db import models


class Member(AbstractUser):
    pass


class Door(models.Model):
    password = models.CharField(max_length=20)
