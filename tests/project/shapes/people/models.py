from django.contrib.auth.models import AbstractUser, Group, UserManager
from django.db import models


class PersonQuerySet(models.QuerySet):
    def adults(self):
        return self.filter(age__gte=18)


class Person(AbstractUser):
    age = models.PositiveIntegerField(null=True)
    friends = models.ManyToManyField("self", blank=True)
    follows = models.ManyToManyField("self", symmetrical=False, related_name="followers")
    teams = models.ManyToManyField(Group, through="Membership", related_name="+")

    objects = UserManager.from_queryset(PersonQuerySet)()

    class Meta(AbstractUser.Meta):
        db_table = "person"


class Membership(models.Model):
    person = models.ForeignKey(Person, models.CASCADE)
    group = models.ForeignKey(Group, models.CASCADE, related_query_name="joined")
    inviter = models.ForeignKey("Person", on_delete=models.SET_NULL, null=True, related_name="invited_%(class)ss")


class Staff(Person):
    """A proxy."""

    class Meta:
        proxy = True

    current = UserManager()
