import datetime
import uuid

from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string


class Stamped(models.Model):
    created = models.DateTimeField(default=timezone.now())
    #                                      ^^^^^^^^^^^^^^ called-default

    class Meta:
        abstract = True


class Book(Stamped):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4())
    #                                               ^^^^^^^^^^^^ called-default
    due = models.DateField(default=timezone.now() + datetime.timedelta(days=3))
    #                              ^^^^^^^^^^^^^^ called-default
    key = models.CharField(max_length=12, default=get_random_string(12))
    #                                             ^^^^^^^^^^^^^^^^^^^^^ called-default
    year = models.IntegerField(default=datetime.date.today().year)
    #                                  ^^^^^^^^^^^^^^^^^^^^^ called-default


class Page(Stamped):
    number = models.IntegerField(default=1)


def card(child, date=timezone.now().date()):
    #                ^^^^^^^^^^^^^^ called-default
    return child, date
