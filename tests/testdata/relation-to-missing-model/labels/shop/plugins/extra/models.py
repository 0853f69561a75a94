"""An app inside an app's folder, which is not installed: nothing imports it."""

from django.db import models


class Plugin(models.Model):
    host = models.ForeignKey("extra.Host", models.CASCADE)
    other = models.ForeignKey("Nowhere", models.CASCADE)
