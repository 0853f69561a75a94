from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from app.models import Order, count_users, order_placed, send


class Customer(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)


@receiver(post_save, sender=User)
def create_profile(sender, instance, **kwargs):
    # the same name, another model
    Customer.objects.get_or_create(user=instance)


@receiver(post_save, sender=Order)
def order_saved(sender, instance, **kwargs):
    # the same name, another job
    instance.reserve_stock()


@receiver(post_save, sender=User)
def clear(sender, **kwargs):
    cache.clear()


@receiver(post_save, sender=Order)
def notify(sender, instance, **kwargs):
    # the same name and the same helper, another message
    send("Please review what you bought", instance.buyer.profile.second_address)


@receiver(order_placed)
def book(sender, order, **kwargs):
    order.book(order.total)


class Monthly(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)

    @classmethod
    def forget(cls, sender, instance, **kwargs):
        cls.objects.filter(user=instance).delete()


post_delete.connect(Monthly.forget, sender=User)

# the same function, connected twice
post_save.connect(count_users, sender=User)


@receiver(post_delete, sender=Order)
def move_status(sender, instance, **kwargs):
    # the same steps, each with an entry of its own
    config = instance.buyer.profile.config
    if config.data and config.data.get("github", {}):
        if config.data.get("github", {}).get("status") == instance.status:
            config.data["github"]["status"] = None
            config.save()
