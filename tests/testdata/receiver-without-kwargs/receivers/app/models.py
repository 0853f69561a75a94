import functools

from django.contrib.auth.models import User
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import m2m_changed, post_init, post_save, pre_save
from django.dispatch import Signal, receiver

paid = Signal()


def counted(function):
    @functools.wraps(function)
    def counting(*args, **kwargs):
        return function(kwargs["instance"])

    return counting


@receiver(post_save, sender=User)
def bare(sender, instance, created):
#   ^^^^ receiver-without-kwargs
    print(instance)


@receiver(pre_save, sender=User)
def early(sender, instance, created, **kwargs):
#   ^^^^^ receiver-without-kwargs
    print(instance, created)


@receiver(user_logged_in)
def entered(
#   ^^^^^^^ receiver-without-kwargs
    sender,
    request,
    user,
):
    print(user)


def joined(sender, instance, action, pk_set):
#   ^^^^^^ receiver-without-kwargs
    print(action, pk_set)


m2m_changed.connect(joined, sender=User.groups.through)


class Keeper:
    def __init__(self):
        post_init.connect(self.keep, sender=User, weak=False)

    def keep(self, sender):
#       ^^^^ receiver-without-kwargs
        print(sender)


# Right: in any order, by default, wrapped, static.


@receiver(post_save, sender=User)
def shuffled(instance, signal, *args, created=False, limit=3, **rest):
    print(instance, limit)


@receiver(post_save, sender=User)
@counted
def wrapped(instance):
    print(instance)


@receiver(paid)
def free(sender, amount, **kwargs):
    print(amount)


def unconnected(sender):
    print(sender)
