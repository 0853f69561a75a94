from django.db import models

from app.marks import accepts_json, described, hidden


class Job(models.Model):
    """Fields that functions hand back as they got them, or that go through what was not followed."""

    variables = accepts_json(models.TextField(blank=True))
    extra = described(field=models.TextField(blank=True), text="more")
    limit = hidden(accepts_json(models.IntegerField(default=0)))


class Host(models.Model):
    options = accepts_json(models.TextField(blank=True))
