from functools import partial

from django.conf import settings
from django.db import models


class NullCharField(models.CharField):
    """Sets an option on the way up."""

    def __init__(self, *args, **kwargs):
        kwargs["null"] = kwargs["blank"] = True
        kwargs.setdefault("max_length", 80)
        super().__init__(*args, **kwargs)


class UniqueSlugField(models.SlugField):
    def __init__(self, *args, unique=True, **kwargs):
        super().__init__(*args, unique=unique, **kwargs)


class StrictSlugField(UniqueSlugField):
    def __init__(self, *args, **kwargs):
        if kwargs.pop("loose", False):
            kwargs["unique"] = False
        super().__init__(*args, **kwargs)


class OwnerField(models.ForeignKey):
    """A relation that knows its target, its column and its name."""

    def __init__(self, **kwargs):
        kwargs.setdefault("to", settings.AUTH_USER_MODEL)
        kwargs.setdefault("on_delete", models.CASCADE)
        kwargs["related_name"] = "owned_%(app_label)s_%(class)ss"
        super().__init__(**kwargs)


class RatedField(models.IntegerField):
    """Brings another field along."""

    def contribute_to_class(self, cls, name, **kwargs):
        votes = models.PositiveIntegerField(default=0, editable=False)
        cls.add_to_class(f"{name}_votes", votes)
        setattr(cls, "get_%s_stars" % name, lambda self: "*")
        super().contribute_to_class(cls, name, **kwargs)


class TrackedField(models.CharField):
    def __init__(self, *args, db_collation=None, null=True, **kwargs):
        super().__init__(*args, db_collation=db_collation, null=null, **kwargs)

    def contribute_to_class(self, cls, name, private_only=False, **kwargs):
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, self.name + "_previous", None)


class Marker:
    """No field, but it puts names on the class all the same."""

    def contribute_to_class(self, cls, name):
        setattr(cls, name, self)
        setattr(cls, "marked_by_" + name, True)


class Descriptor:
    def __get__(self, instance, owner):
        return 1


UserKey = partial(models.ForeignKey, settings.AUTH_USER_MODEL, on_delete=models.CASCADE)


def title_field(**options):
    return models.CharField(max_length=200, **options)


def nullable_key(to):
    return models.ForeignKey(to, models.SET_NULL, null=True, related_name="+")
