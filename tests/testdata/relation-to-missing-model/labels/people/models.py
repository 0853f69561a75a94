from django.contrib.auth.models import AbstractUser
from django.db import models


class Person(AbstractUser):
    pass


class Owned(models.Model):
    """The string means a model of whoever inherits it."""

    owner = models.ForeignKey("folk.Person", models.CASCADE)
    keeper = models.ForeignKey("Shelf", models.CASCADE)

    class Meta:
        abstract = True


class Address(models.Model):
    person = models.ForeignKey("people.Person", models.CASCADE)
    #                          ^^^^^^^^^^^^^^^ relation-to-missing-model
    other = models.ForeignKey("FOLK.Person", models.CASCADE, related_name="+")
    #                         ^^^^^^^^^^^^^ relation-to-missing-model
    any_case = models.ForeignKey("folk.PERSON", models.CASCADE, related_name="+")
    swapped = models.ForeignKey("auth.User", models.CASCADE, related_name="+")
    group = models.ForeignKey("auth.Grup", models.CASCADE)
    #                         ^^^^^^^^^^^ relation-to-missing-model
    session = models.ForeignKey("sessions.Session", models.CASCADE)
    #                           ^^^^^^^^^^^^^^^^^^ relation-to-missing-model
