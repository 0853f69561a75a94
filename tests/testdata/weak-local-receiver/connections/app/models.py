from functools import partial

from celery.signals import task_prerun
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal, receiver

sold = Signal()


class Book(models.Model):
    title = models.CharField(max_length=100)


def say(sender, text="", **kwargs):
    print(text)


post_save.connect(lambda sender, **kwargs: print(sender), sender=Book, weak=False)
post_save.connect(lambda sender, **kwargs: print(sender), Book, False)
kept = partial(say, text="kept")
post_save.connect(kept, sender=Book)
task_prerun.connect(lambda **kwargs: print("of another library"))


def connect_some():
    sold.connect(lambda sender, **kwargs: print("gone"))
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ weak-local-receiver
    post_save.connect(partial(say, text="gone"), sender=Book,)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ weak-local-receiver
    post_save.connect(say, sender=Book)


def connect_inner(text):
    print("connecting", text)

    def saved(sender, instance, **kwargs):
        print(text, instance)

    post_save.connect(saved, sender=Book)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ weak-local-receiver
    post_delete.connect(saved, sender=Book)
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ weak-local-receiver


def connect_decorated():
    @receiver(post_save, sender=Book)
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ weak-local-receiver
    def saved(sender, instance, **kwargs):
        print(instance)


def returned():
    def saved(sender, instance, **kwargs):
        print(instance)

    post_save.connect(saved, sender=Book)
    return saved


def stored(holder):
    def saved(sender, instance, **kwargs):
        print(instance)

    holder.saved = saved
    post_save.connect(saved, sender=Book)


def meanwhile():
    def saved(sender, instance, **kwargs):
        print(instance)

    post_save.connect(saved, sender=Book)
    Book.objects.create(title="while it is there")


def listening():
    def saved(sender, instance, **kwargs):
        print(instance)

    post_save.connect(saved, sender=Book)
    yield


def decorator(function):
    post_save.connect(function, sender=Book)
    return function
