import geoapi
from django.db import models


class Place(models.Model):
    name = models.CharField(max_length=20)

    def find(self):
        return geoapi.find(self.name)
