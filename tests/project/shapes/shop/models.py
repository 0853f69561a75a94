from django.apps import apps
from django.conf import settings
from django.db import models

ITEM = getattr(settings, "ITEM_MODEL", "shop.Nothing")
Author = apps.get_model("lib", "Author", require_ready=False)


class Room(models.Model):
    name = models.CharField(max_length=20)


class Item(models.Model):
    """The `id` is the app's own kind."""

    seller = models.ForeignKey(Author, models.CASCADE)
    bundle = models.ForeignKey(ITEM, models.CASCADE, null=True)
    related_items = models.ManyToManyField("Item", symmetrical=True)
    picture = models.ImageField(upload_to="x", width_field="width", height_field="height")
    width = models.IntegerField()
    height = models.IntegerField()
    at = models.DateTimeField(blank=True, null=False)
    start = models.TimeField()
    swap = models.ForeignKey(settings.ITEM_MODEL, models.CASCADE, related_name="swapped")

    class Meta:
        app_label = "shop"
        unique_together = [("seller", "bundle")]


class Swapped(models.Model):
    gone = models.ForeignKey(Item, models.CASCADE)

    class Meta:
        swappable = "ITEM_MODEL"
