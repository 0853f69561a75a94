from django.contrib.auth.models import User
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    timezone = models.CharField(max_length=40, default="UTC")


class Preferences(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)


class Limits(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)


@receiver(post_save, sender=User)
def create_profile(sender, instance, created, **kwargs):
    if created:
        Profile.objects.create(user=instance)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


@receiver(post_save, sender=User)
def create_preferences(sender, instance, created, **kwargs):
    # its inline is on the page of another model
    if created:
        Preferences.objects.create(user=instance)


@receiver(post_save, sender=User)
def create_limits(sender, instance, created, **kwargs):
    # its inline has no form to add one
    if created:
        Limits.objects.create(user=instance)
