from django.db import models


def logged(function):
    return function


class Plain(models.Model):
    def save(self):
#       ^^^^ save-signature
        print("saved")
        super(Plain, self).save()


class Named(models.Model):
    def save(self, commit=True):
#       ^^^^ save-signature
        super().save()


class Losing(models.Model):
    name = models.CharField(max_length=100)

    def save(self, *args, **kwargs):
        if not self.name:
            self.name = "?"
        super().save()
#       ^^^^^^^^^^^^^^ save-signature


class Abstract(models.Model):
    class Meta:
        abstract = True

    def save(self, **options):
        super().save()
#       ^^^^^^^^^^^^^^ save-signature


class Right(models.Model):
    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)


class RightToo(models.Model):
    def save(self, force_insert=False, force_update=False, using=None, update_fields=None):
        super().save(force_insert, force_update, using, update_fields)


class Decides(models.Model):
    def save(self, *args, **kwargs):
        if kwargs.get("raw"):
            super().save()


class Decorated(models.Model):
    @logged
    def save(self):
        super().save()


class ReadOnly(models.Model):
    def save(self, *args, **kwargs):
        raise TypeError("read only")


class NoModel:
    def save(self):
        super().save()
