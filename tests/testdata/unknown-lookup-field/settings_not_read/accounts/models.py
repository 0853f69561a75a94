from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class UserManager(BaseUserManager):
    def who_ordered(self, name):
        return self.get_queryset().filter(order__title=name).exclude(orders=None)
        #                                                            ^^^^^^ unknown-lookup-field

    def idle(self):
        return self.filter(logentry=None)  # the admin may be installed


class User(AbstractBaseUser):
    email = models.EmailField(unique=True)
    objects = UserManager()

    USERNAME_FIELD = "email"
