from django.db import models
from elsewhere.models import Unread


class Touching(models.Model):
    modified = models.DateTimeField()

    class Meta:
        abstract = True

    def touch(self):
        self.save(update_fields=["modified", "touched_by"])


class Note(Touching):
    text = models.TextField()
    touched_by = models.TextField()


class Renaming(models.Model):
    title = models.TextField()

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is not None and "name" in update_fields:
            update_fields = {*update_fields, "title"} - {"name"}
        super().save(*args, update_fields=update_fields, **kwargs)


class Ignoring(models.Model):
    title = models.TextField()

    def save(self, *args, **kwargs):
        super().save()
#       ^^^^^^^^^^^^^^ save-signature


class HandingOn(models.Model):
    title = models.TextField()

    def save(self, force_insert=False, force_update=False, using=None, update_fields=None):
        self.title = self.title.strip()
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)


class Passing(models.Model):
    title = models.TextField()

    def rename(self, title):
        self.title = title
        self.save(update_fields=["title", "name"])
        #                                  ^^^^ unknown-update-field

    def save(self, *args, **kwargs):
        self.full_clean()
        super().save(*args, **kwargs)


class Open(Unread):
    title = models.TextField()


class Parent(models.Model):
    title = models.TextField()

    def rename(self):
        self.save(update_fields=["title", "slug"])


class Child(Parent):
    slug = models.TextField()


class PriceQuerySet(models.QuerySet):
    def update(self, **kwargs):
        if "net" in kwargs:
            kwargs["amount"] = kwargs.pop("net") * 1.2
        return super().update(**kwargs)


class Price(models.Model):
    amount = models.IntegerField()

    objects = PriceQuerySet.as_manager()
