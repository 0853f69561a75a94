from django.db import models
from some_library_that_nobody_has.records import Records


class Note(models.Model):
    """`renamed` may well be the label of the library, and `Records` may make a model."""

    there = models.ForeignKey("renamed.Thing", models.CASCADE)
    here = models.ForeignKey("some_library_that_nobody_has.Thing", models.CASCADE)
    made = models.ForeignKey("NoteRecord", models.CASCADE)
    records = Records()
    site = models.ForeignKey("sites.Site", models.CASCADE)
