"""Which fields of a model no two rows share."""

import pytest

from linter.project.models.uniqueness import Key

MODELS = """
from django.db import models
from django.db.models import Q, UniqueConstraint
from django.db.models.functions import Lower

TOGETHER = ("shop", "number")


class Shop(models.Model):
    code = models.SlugField(unique=True)


class Base(models.Model):
    slug = models.SlugField(unique_for_date="day")
    day = models.DateField()

    class Meta:
        abstract = True
        unique_together = ("shop", "slug")


class Order(Base):
    shop = models.ForeignKey(Shop, models.CASCADE)
    number = models.IntegerField()
    email = models.EmailField()
    paid = models.BooleanField(default=False)
    receipt = models.OneToOneField("Receipt", models.CASCADE)

    class Meta(Base.Meta):
        abstract = False
        constraints = [
            UniqueConstraint(fields=TOGETHER, name="a"),
            UniqueConstraint(fields=["email"], condition=Q(paid=False), name="b"),
            UniqueConstraint("shop", Lower("email"), name="c"),
            models.CheckConstraint(check=Q(number__gt=0), name="d"),
        ]


class Receipt(models.Model):
    key = models.UUIDField(primary_key=True)


class Refund(Order):
    reason = models.TextField(unique=True)


class Seen(Order):
    class Meta:
        proxy = True


class Built(models.Model):
    name = models.TextField()

    class Meta:
        constraints = make_constraints("name")
"""


def key(*fields, strict=True):
    return Key(frozenset(fields), strict)


ORDER = {
    key("id"),
    key("receipt"),
    key("shop", "slug"),
    key("shop", "number"),
    key("email", strict=False),
    key("shop", "email", strict=False),
    key("slug", "day", strict=False),
}


@pytest.mark.parametrize(
    ("name", "keys", "is_open"),
    [
        ("Shop", {key("id"), key("code")}, False),
        ("Order", ORDER, False),
        ("Receipt", {key("key")}, False),
        ("Refund", ORDER | {key("reason"), key("order_ptr")}, False),
        ("Seen", ORDER, False),
        ("Built", {key("id")}, True),
    ],
)
def test_keys(build, name, keys, is_open):
    project = build({"manage.py": "", "app/__init__.py": "", "app/models.py": MODELS})
    model = next(m for m in project.models if m.name == name)
    assert (set(model.uniqueness.keys), model.uniqueness.is_open) == (keys, is_open)
