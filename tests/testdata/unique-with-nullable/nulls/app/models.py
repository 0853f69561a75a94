from django.db import models
from django.db.models import Q


class Role(models.Model):
    user = models.CharField(max_length=50)
    project = models.CharField(max_length=50, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "project"], name="one_role")]
#                                                              ^^^^^^^^^ unique-with-nullable


class Seat(models.Model):
    row = models.IntegerField()
    number = models.IntegerField(null=True)

    class Meta:
        unique_together = [("row", "number")]
#                                  ^^^^^^^^ unique-with-nullable


class Thought(models.Model):
    user = models.CharField(max_length=50)
    project = models.CharField(max_length=50, null=True)
    code = models.CharField(max_length=50, null=True, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "project"], name="one_thought"),
            models.UniqueConstraint(fields=["user"], condition=Q(project=None), name="one_without"),
        ]


class Said(models.Model):
    user = models.CharField(max_length=50)
    project = models.CharField(max_length=50, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "project"], name="one_said", nulls_distinct=False)]


class Full(models.Model):
    user = models.CharField(max_length=50)
    project = models.CharField(max_length=50)

    class Meta:
        unique_together = ("user", "project")


class Part(models.Model):  # of a device or of a module
    device = models.CharField(max_length=50, null=True)
    module = models.CharField(max_length=50, null=True)
    name = models.CharField(max_length=50)

    class Meta:
        unique_together = [("device", "name"), ("module", "name"), ("device", "module")]
