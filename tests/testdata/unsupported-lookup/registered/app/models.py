from django.contrib.postgres.fields import ArrayField, DateRangeField, HStoreField
from django.db import models
from django.db.models.functions import Length, Lower
from elsewhere import OddField


class Loud(models.Transform):
    lookup_name = "loud"
    function = "UPPER"


models.CharField.register_lookup(Length)
models.CharField.register_lookup(Loud)
for transform in (Lower,):
    models.TextField.register_lookup(transform)


class Shy(models.CharField):
    """One of Django's, with nothing of its own."""

    def clean(self, value, instance):
        return value


class Own(models.CharField):
    def get_transform(self, name):
        return Loud


class Song(models.Model):
    title = models.CharField(max_length=40)
    shy = Shy(max_length=40)
    own = Own(max_length=40)
    odd = OddField()
    words = ArrayField(models.CharField(max_length=40))
    sung = DateRangeField()
    more = HStoreField()
