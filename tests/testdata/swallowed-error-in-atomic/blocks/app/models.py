from django.db import models, transaction


class Tag(models.Model):
    name = models.CharField(max_length=50, unique=True)


class Careful(models.Model):
    name = models.CharField(max_length=50, unique=True)

    def save(self, *args, **kwargs):
        with transaction.atomic():
            super().save(*args, **kwargs)
