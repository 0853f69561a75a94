"""An app to be installed by others: whatever else they install is not known."""

from django.db import models


class Gadget(models.Model):
    owner = models.ForeignKey("auth.User", models.CASCADE)
    shop = models.ForeignKey("shop.Shop", models.CASCADE)
    part = models.ForeignKey("Prat", models.CASCADE)
    #                        ^^^^^^ relation-to-missing-model


class Part(models.Model):
    gadget = models.ForeignKey("gadgets.Gadget", models.CASCADE)
