from django.contrib.auth.models import User
from django.db import models
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.urls import reverse

from app.models import Order, Profile, count_users, menu


@receiver(pre_save, sender=User)
def create_profile(sender, instance, **kwargs):
    # another signal
    Profile.objects.get_or_create(user=instance)


@receiver(post_save, sender=Order)
def create_profile(sender, instance, **kwargs):
    # another sender
    Profile.objects.get_or_create(user=instance.buyer)


class Daily(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)

    @classmethod
    def forget(cls, sender, instance, **kwargs):
        cls.objects.filter(user=instance).delete()


post_save.connect(count_users, sender=User)
post_delete.connect(Daily.forget, sender=User)


@receiver(post_delete, sender=Order)
def move_status(sender, instance, **kwargs):
    # the same steps, each with an entry of its own
    config = instance.buyer.profile.config
    if config.data and config.data.get("gitlab", {}):
        if config.data.get("gitlab", {}).get("status") == instance.status:
            config.data["gitlab"]["status"] = None
            config.save()


@receiver(menu)
def add_entry(sender, request, **kwargs):
    # what it answers is its job
    if request.user.has_perm("crm.view_daily"):
        return [{"label": "Days", "active": request.path.startswith("/days/"), "url": reverse("days")}]
    return []
