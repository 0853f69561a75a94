from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import signals
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from . import models
from .models import Badge, Customer, Invoice, Order, Profile, Wallet


@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def create_profile(sender, instance, **kwargs):
    "Größe: ein Profil je Benutzer"; Profile.objects.create(user=instance, role=_("Besucher für Räume"))
    #                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


@receiver(post_save, sender=get_user_model())
def create_wallet(sender, instance, raw=False, **kwargs):
    if raw:
        return
    Wallet(owner=instance, kind="main").save()
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


@receiver([post_save], sender="auth.User")
def give_badge(**kwargs):
    user = kwargs["instance"]
    badge = Badge.objects.create(
        #   ^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save
        user=user,
        kind="member",
    )
    badge.full_clean()


def take_seat(sender, instance, **kwargs):
    models.Seat.objects.using("default").create(
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save
        # everybody sits here at first
        user_id=instance.pk,
        room="lobby",  # the front one
    )


def add_invoice(sender, instance, created, **kwargs):
    if not created:
        invoice = Invoice(number=1)
        invoice.order = instance
        invoice.save()
#       ^^^^^^^^^^^^^^ raw-create-in-post-save


class CustomerKeeper:
    def on_order(self, sender, instance, **kwargs):
        return Customer.objects.create(user=instance.buyer)
#              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


signals.post_save.connect(add_invoice, sender=Order, dispatch_uid="add_invoice")
post_save.connect(CustomerKeeper().on_order, sender=Order)
