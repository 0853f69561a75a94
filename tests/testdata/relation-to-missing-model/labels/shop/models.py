from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models

from people.models import Owned

ITEM = "shop.Itm"


class Base(models.Model):
    class Meta:
        abstract = True


class Shelf(Base):
    pass


class Item(Owned):
    shelf = models.ForeignKey("shop.Shelff", models.CASCADE)
    #                         ^^^^^^^^^^^^^ relation-to-missing-model
    short = models.ForeignKey("Shelv", models.CASCADE, related_name="+")
    #                         ^^^^^^^ relation-to-missing-model
    path = models.ForeignKey("shop.models.Shelf", models.CASCADE, related_name="+")
    #                        ^^^^^^^^^^^^^^^^^^^ relation-to-missing-model
    by_class = models.ForeignKey(Base, models.CASCADE)
    #                            ^^^^ relation-to-missing-model
    by_name = models.ForeignKey("shop.Base", models.CASCADE)
    #                           ^^^^^^^^^^^ relation-to-missing-model
    parts = models.ManyToManyField("self", through="shop.Part", symmetrical=False)
    #                                              ^^^^^^^^^^^ relation-to-missing-model
    tags = GenericRelation("shop.Tag")
    #                      ^^^^^^^^^^ relation-to-missing-model
    attic = models.ForeignKey("attic.Box", models.CASCADE)
    #                         ^^^^^^^^^^^ relation-to-missing-model
    boxes = models.ManyToManyField(to="Shelf", related_name="items")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.ForeignKey(ContentType, models.CASCADE)
    parent = models.ForeignKey("self", models.CASCADE, related_name="+")
    later = models.ForeignKey("Later", models.CASCADE)
    made = models.ForeignKey("shop.Made", models.CASCADE)
    in_function = models.ForeignKey("shop.InFunction", models.CASCADE)
    one_box = models.ForeignKey("shop.Item_boxes", models.CASCADE, related_name="+")
    conditional = models.ForeignKey("Conditional", models.CASCADE)
    constant = models.ForeignKey(ITEM, models.CASCADE, related_name="+")


class Later(models.Model):
    pass


if settings.DEBUG:

    class Conditional(models.Model):
        pass


def make():
    class InFunction(models.Model):
        pass

    return InFunction


Made = type("Made", (models.Model,), {"__module__": __name__})
