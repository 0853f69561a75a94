from django.db import models


class Case(models.Model):
    """Registered in a run of the tests only."""
