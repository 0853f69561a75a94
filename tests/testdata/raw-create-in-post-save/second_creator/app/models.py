from django.contrib.auth.models import User
from django.db import models


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)


class Wallet(models.Model):
    owner = models.OneToOneField(User, on_delete=models.CASCADE)


class Desk(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    room = models.CharField(max_length=20)


class Passport(models.Model):
    user = models.ForeignKey(User, unique=True, on_delete=models.CASCADE)


class Locker(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)


class Account(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
