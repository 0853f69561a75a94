from django.contrib.auth.models import User
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver


class Seat(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)

    class Meta:
        app_label = "app"


@receiver(post_save, sender=User)
def ensure_seat(sender, instance, **kwargs):
    # nobody imports this module at the start
    Seat.objects.get_or_create(user=instance)
