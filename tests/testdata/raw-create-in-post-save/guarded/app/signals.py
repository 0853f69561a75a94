from contextlib import suppress

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from .models import (
    Avatar,
    Badge,
    Draft,
    Invoice,
    LogEntry,
    Membership,
    Order,
    OrderVersion,
    Parcel,
    Profile,
    Reward,
    Stamp,
    Ticket,
)


@receiver(post_save, sender=User)
def get_or_create_profile(sender, instance, **kwargs):
    Profile.objects.get_or_create(user=instance, defaults={"role": "staff"})
    Profile.objects.update_or_create(user=instance, defaults={"role": "staff"})


@receiver(post_save, sender=User)
def asks_first(sender, instance, **kwargs):
    if not Profile.objects.filter(user=instance).exists():
        Profile.objects.create(user=instance)


@receiver(post_save, sender=User)
def asks_the_instance(sender, instance, **kwargs):
    if not hasattr(instance, "profile"):
        Profile.objects.create(user=instance)


@receiver(post_save, sender=User)
def asks_and_leaves(sender, instance, **kwargs):
    if Profile.objects.filter(user=instance).count():
        return
    Profile(user=instance).save()


@receiver(post_save, sender=User)
def makes_what_is_missing(sender, instance, **kwargs):
    try:
        instance.profile.full_clean()
    except Profile.DoesNotExist:
        Profile.objects.create(user=instance)


@receiver(post_save, sender=User)
def found_means_done(sender, instance, **kwargs):
    try:
        return instance.profile
    except Profile.DoesNotExist:
        pass
    Profile.objects.create(user=instance)


@receiver(post_save, sender=User)
def catches(sender, instance, **kwargs):
    try:
        with transaction.atomic():
            Profile.objects.create(user=instance)
    except IntegrityError:
        pass


@receiver(post_save, sender=User)
def suppresses(sender, instance, **kwargs):
    with suppress(IntegrityError), transaction.atomic():
        Profile.objects.create(user=instance)


@receiver(post_save, sender=User)
def writes_log(sender, instance, **kwargs):
    LogEntry.objects.create(user=instance, text="saved")
    Draft.objects.create(user=instance, state="closed")
    Badge.objects.create(user=instance)
    Avatar.objects.create(user=instance)
    Ticket.objects.create(user=instance, number=next_number())


@receiver(post_save, sender=User)
def joins_groups(sender, instance, **kwargs):
    for group in instance.wanted_groups():
        Membership.objects.create(user=instance, group=group)
    Membership.objects.create(user=instance, group=default_group())


@receiver(post_save, sender=User)
def only_for_superusers(sender, instance, created, **kwargs):
    # views.sign_up makes that of everybody else
    if created and instance.is_superuser:
        Profile.objects.create(user=instance)


@receiver(post_save, sender=Order)
def when_it_is_paid(sender, instance, **kwargs):
    if instance.status == "paid":
        Invoice.objects.create(order=instance)
    OrderVersion.objects.create(order=instance, version=instance.version)


@receiver(post_save, sender=Order)
def alone(sender, instance, created, **kwargs):
    # nobody else makes parcels, and those of rewards look first
    if created:
        Parcel.objects.create(order=instance)
        Reward.objects.create(order=instance)


@receiver(post_save, sender=Order)
def stamp(sender, instance, **kwargs):
    # the key is there: this changes the row
    Stamp(order=instance).save()


@receiver(pre_save, sender=Order)
def another_signal(sender, instance, **kwargs):
    Invoice.objects.create(order=instance)


@receiver(post_save)
def any_sender(sender, instance, **kwargs):
    Profile.objects.create(user=instance)


def not_connected(sender, instance, **kwargs):
    Profile.objects.create(user=instance)


def connects_itself(sender, instance, **kwargs):
    Parcel.objects.create(order=instance)

    post_save.connect(connects_itself, sender=Order)


def next_number():
    return Ticket.objects.count()


def default_group():
    return "everyone"
