from django.contrib.auth.models import User
from django.db.models.signals import post_save
from django.dispatch import receiver

from .models import Profile, Team, Wallet
from .services import assign_desk


@receiver(post_save, sender=User)
def prepare_user(sender, instance, created, **kwargs):
    Profile.objects.start(instance, role="guest")
    Wallet.of(instance)
    if created:
        assign_desk(floor=2, owner=instance)


@receiver(post_save, sender=Team)
def prepare_team(sender, instance, **kwargs):
    instance.add_board()
