from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver


class Profile(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)


class Team(models.Model):
    name = models.CharField(max_length=20)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL)


class LogEntry(models.Model):
    text = models.CharField(max_length=200)


def role_for(user):
    return "admin" if user.is_superuser else "staff"


@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def make_profile(sender, instance, created, **kwargs):
    Profile.objects.get_or_create(user=instance, defaults={"role": role_for(instance)})


@receiver(post_save, sender=get_user_model())
def write_log(sender, instance, created, **kwargs):
    verb = "created" if created else "changed"
    LogEntry.objects.create(text=f"{instance.get_username()} was {verb}")


@receiver(m2m_changed, sender=Team.members.through)
def log_members(sender, instance, action, **kwargs):
    if action == "post_add":
        LogEntry.objects.create(text=f"{instance.name} grew")
