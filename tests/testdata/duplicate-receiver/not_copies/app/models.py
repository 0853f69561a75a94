from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal, receiver
from django.urls import reverse

order_placed = Signal()


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)


class Order(models.Model):
    buyer = models.ForeignKey(User, on_delete=models.CASCADE)
    total = models.PositiveIntegerField(default=0)


@receiver(post_save, sender=User)
def create_profile(sender, instance, **kwargs):
    Profile.objects.get_or_create(user=instance)


@receiver(post_save, sender=Order)
def order_saved(sender, instance, **kwargs):
    instance.update_totals()


@receiver(post_save, sender=User)
def clear(sender, **kwargs):
    cache.clear()


@receiver([post_save, post_delete], sender=Order)
def notify(sender, instance, **kwargs):
    send("Order changed", instance.buyer.email)


@receiver(order_placed)
def announce(sender, **kwargs):
    send("A new order", "shop@example.com")


def send(text, address):
    print(text, address)


def count_users(sender, **kwargs):
    cache.set("users", User.objects.count())


menu = Signal()


@receiver(menu)
def add_entry(sender, request, **kwargs):
    if request.user.has_perm("app.view_order"):
        return [{"label": "Orders", "active": request.path.startswith("/orders/"), "url": reverse("orders")}]
    return []
