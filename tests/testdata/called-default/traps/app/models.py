import uuid

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone


def later():
    return timezone.now()


class Book(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    created = models.DateTimeField(default=timezone.now, db_default=Now())
    due = models.DateTimeField(default=later)
    number = models.IntegerField(default=int())
