# nobody imports it any more
#^^^^^^^^^^^^^^^^^^^^^^^^^^^ backup-module
from django.contrib.auth import get_user_model
from django.db import IntegrityError
from django.db.models.signals import post_save
from django.dispatch import receiver

from app.models import Profile


@receiver(post_save, sender=get_user_model())
def make_profile(sender, instance, created, **kwargs):
#   ^^^^^^^^^^^^ duplicate-receiver
    if not created:
        return
    try:
        Profile.objects.create(user=instance)
    except IntegrityError:
        pass
