from django.contrib.auth.models import User
from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)


class Badge(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)


class Desk(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)


class Key(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True)


class Note(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)


@receiver(post_save, sender=User)
def ensure_profile(sender, instance, **kwargs):
    Profile.objects.get_or_create(user=instance)


@receiver(post_save, sender=User)
def ensure_badge(sender, instance, **kwargs):
    # not for everybody
    if instance.is_staff:
        Badge.objects.get_or_create(user=instance)


@receiver(post_save, sender=User)
def ensure_desk(sender, instance, **kwargs):
    # later than whoever saved the user
    transaction.on_commit(lambda: Desk.objects.get_or_create(user=instance))


@receiver(post_save, sender=User)
def ensure_key(sender, instance, **kwargs):
    Key.objects.get_or_create(user=instance)


@receiver(post_save, sender=User)
def write_note(sender, instance, created, **kwargs):
    if created:
        Note.objects.create(user=instance)
