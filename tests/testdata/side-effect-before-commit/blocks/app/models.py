from django.db import models

from app.tasks import draw


class Book(models.Model):
    title = models.CharField(max_length=100)


class Cover(models.Model):
    """Saved in a transaction by whoever saves rows of any model."""

    def save(self, *args, **kwargs):
        if self.pk:
            draw.delay(self.pk)
        super().save(*args, **kwargs)
        draw.delay(self.pk)
#       ^^^^^^^^^^ side-effect-before-commit
