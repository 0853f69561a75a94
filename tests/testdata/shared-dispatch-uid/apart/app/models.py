import sys

from django.contrib.auth.models import Group, User
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver


@receiver(post_save, sender=User, dispatch_uid="saved")
@receiver(post_delete, sender=User, dispatch_uid="saved")
def update_index(sender, instance, **kwargs):
    print("indexing", instance)


@receiver(pre_save, sender=User, dispatch_uid="saved")
def another_signal(sender, instance, **kwargs):
    print("before", instance)


@receiver(post_save, sender=Group, dispatch_uid="saved")
def another_sender(sender, instance, **kwargs):
    print("group", instance)


@receiver(post_save, dispatch_uid="saved")
def any_sender(sender, instance, **kwargs):
    print("anything", instance)


def greet(sender, **kwargs):
    print("hello")


def greet_politely(sender, **kwargs):
    print("good morning")


post_save.connect(greet, sender=User, dispatch_uid="greet")
post_save.connect(greet, sender=User, dispatch_uid="greet")

if sys.flags.dev_mode:
    pre_save.connect(greet, sender=User, dispatch_uid="greet")
else:
    pre_save.connect(greet_politely, sender=User, dispatch_uid="greet")

for number, function in enumerate([greet, greet_politely]):
    post_delete.connect(function, sender=User, dispatch_uid=f"greet-{number}")
