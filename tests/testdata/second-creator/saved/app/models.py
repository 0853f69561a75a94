from django.contrib.auth.models import User
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)


class Wallet(models.Model):
    owner = models.ForeignKey(User, unique=True, on_delete=models.CASCADE)


class Shop(models.Model):
    name = models.CharField(max_length=20)

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        Sign.objects.create(shop=self)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ second-creator


class Sign(models.Model):
    shop = models.OneToOneField(Shop, on_delete=models.CASCADE)


@receiver(post_save, sender=User)
def ensure_profile(sender, instance, **kwargs):
    Profile.objects.get_or_create(user=instance, defaults={"role": "staff"})


@receiver(post_save, sender=User)
def ensure_wallet(sender, instance, created, raw, **kwargs):
    if created and not raw:
        make_wallet(instance)


def make_wallet(user):
    Wallet.objects.update_or_create(owner=user)


@receiver(post_save, sender=Shop)
def ensure_sign(sender, instance, **kwargs):
    Sign.objects.get_or_create(shop=instance)
