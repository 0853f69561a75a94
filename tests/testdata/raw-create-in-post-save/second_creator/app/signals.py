from django.contrib.auth.models import User
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from .models import Account, Desk, Locker, Passport, Profile, Wallet


@receiver(post_save, sender=User)
def create_profile(sender, instance, created, raw, **kwargs):
    if created and not raw:
        Profile.objects.create(user=instance, role="staff")
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


@receiver(post_save, sender=User)
def create_wallet(sender, instance, **kwargs):
    if not kwargs.get("created", False):
        return
    wallet = Wallet(owner=instance)
    wallet.save()
#   ^^^^^^^^^^^^^ raw-create-in-post-save


@receiver(post_save, sender=User)
def create_desk(sender, instance, created=False, **kwargs):
    if created is True:
        transaction.on_commit(lambda: Desk.objects.create(user=instance, room="1"))
#                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


@receiver(post_save, sender=User)
def create_passport(sender, instance, **kwargs):
    is_new = kwargs["created"]
    if is_new:
        Passport.objects.create(user=instance)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


@receiver(post_save, sender=User)
def create_locker(sender, instance, created, **kwargs):
    created and Locker.objects.create(user=instance)
#               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


@receiver(post_save, sender=User)
def ensure_account(sender, instance, **kwargs):
    Account.objects.get_or_create(user=instance)


@receiver(post_save, sender=User)
def create_account(sender, instance, created, **kwargs):
    if created:
        Account.objects.create(user=instance)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save
