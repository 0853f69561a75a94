from functools import wraps

from celery import shared_task
from django.core.mail import send_mail
from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from app.mails import careful, welcome


class Shelf(models.Model):
    name = models.CharField(max_length=50)

    def rename_books(self):
        Book.objects.filter(shelf=self).update(title=self.name)


class Book(models.Model):
    title = models.CharField(max_length=100)
    shelf = models.ForeignKey(Shelf, on_delete=models.CASCADE)


class Cover(models.Model):
    book = models.OneToOneField(Book, on_delete=models.CASCADE)


class Reader(models.Model):
    email = models.EmailField()


class Note(models.Model):
    """Only a fixture of tests holds rows of it."""

    text = models.TextField()


class Log(models.Model):
    text = models.TextField()


@shared_task
def index(pk):
    print("indexing", pk)


def not_in_fixtures(function):
    @wraps(function)
    def wrapped(*args, **kwargs):
        if not kwargs.get("raw"):
            function(*args, **kwargs)

    return wrapped


@receiver(post_save, sender=Shelf)
def shelf_saved(sender, instance, **kwargs):
#   ^^^^^^^^^^^ missing-raw-guard
    instance.rename_books()


@receiver(post_save, sender=Shelf)
@transaction.atomic
def shelf_indexed(sender, instance, **kwargs):
#   ^^^^^^^^^^^^^ missing-raw-guard
    transaction.on_commit(lambda: index.delay(instance.pk))
    index.apply_async((instance.pk,), countdown=5)
    index.delay("all")


@receiver(post_save, sender=Reader)
def reader_saved(sender, instance, created, **kwargs):
#   ^^^^^^^^^^^^ missing-raw-guard
    if created:
        welcome(instance)


@receiver(post_save, sender=Reader)
def asks_for_raw(sender, instance, created, **kwargs):
    if kwargs.get("raw"):
        return
    welcome(instance)


@receiver(post_save, sender=Reader)
def hands_raw_on(sender, instance, raw, **kwargs):
    careful(instance, raw)


@receiver(post_save, sender=Reader)
@not_in_fixtures
def guarded(sender, instance, **kwargs):
    welcome(instance)


@receiver(post_save, sender=Reader)
def only_changes(sender, instance, created, **kwargs):
    if created:
        return
    welcome(instance)


@receiver(post_save, sender=Reader)
def own_row(sender, instance, **kwargs):
    Reader.objects.filter(pk=instance.pk).update(email=instance.email.lower())
    {}.update(email="")


@receiver(post_save, sender=Reader)
def makes_a_row(sender, instance, **kwargs):
    Log.objects.create(text=instance.email)


@receiver(post_save, sender=Book)
def makes_the_cover(sender, instance, **kwargs):
#   ^^^^^^^^^^^^^^^ missing-raw-guard
    Cover.objects.get_or_create(book=instance)


@receiver(post_delete, sender=Reader)
def reader_deleted(sender, instance, **kwargs):
    welcome(instance)


@receiver(pre_save, sender=Note)
def note_saved(sender, instance, **kwargs):
    send_mail("a note", instance.text, None, [])
