from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from library.models import Book, Dated


class Account(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(unique=True)
    groups = models.ManyToManyField("auth.Group", related_name="accounts")
    user_permissions = None
    USERNAME_FIELD = "email"


class Review(Dated):
    book = models.ForeignKey(Book, models.CASCADE)
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")

    def get_created_display(self):
        return ""
