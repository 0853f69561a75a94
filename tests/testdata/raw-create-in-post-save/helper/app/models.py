from django.contrib.auth.models import User
from django.db import models


class ProfileManager(models.Manager):
    def start(self, user, role="staff"):
        return self.create(user=user, role=role)
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)

    objects = ProfileManager()


class Wallet(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)

    @classmethod
    def of(cls, user):
        return Wallet.objects.create(user=user)
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


class Team(models.Model):
    name = models.CharField(max_length=20)

    def add_board(self):
        Board.objects.create(team=self)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


class Board(models.Model):
    team = models.OneToOneField(Team, on_delete=models.CASCADE)


class Desk(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
