from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver

from app.tasks import Export, draw, index, later, patient


class Tag(models.Model):
    name = models.CharField(max_length=50)


class Book(models.Model):
    title = models.CharField(max_length=100)
    shelf = models.ForeignKey("Shelf", on_delete=models.CASCADE)
    tags = models.ManyToManyField(Tag)


class Shelf(models.Model):
    name = models.CharField(max_length=50, unique=True)


class Note(models.Model):
    """Nothing saves one of these in a transaction."""

    text = models.TextField()


@receiver(post_save, sender=Book)
def book_saved(sender, instance, created, **kwargs):
    row = instance
    draw.delay(row.pk)
#   ^^^^^^^^^^ side-effect-before-commit
    index.apply_async(args=[instance.shelf_id])
#   ^^^^^^^^^^^^^^^^^ side-effect-before-commit
    draw.s(instance.id).delay()
#   ^^^^^^^^^^^^^^^^^^^^^^^^^ side-effect-before-commit
    Export().delay(instance.id)
    transaction.on_commit(lambda: draw.delay(instance.pk))
    draw.delay_on_commit(instance.pk)
    draw.apply_async((instance.pk,), countdown=10)
    index.delay(instance.title)
    patient.delay(instance.pk)
    later.delay(instance.pk)

    def do_it():
        draw.delay(instance.pk)

    transaction.on_commit(do_it)


@receiver(post_save, sender=Shelf)
def shelf_saved(sender, **kwargs):
    shelf = kwargs["instance"]
    draw.delay(str(shelf.pk))
#   ^^^^^^^^^^ side-effect-before-commit


@receiver(post_save, sender=Note)
def note_saved(sender, instance, **kwargs):
    draw.delay(instance.pk)


@receiver(pre_save, sender=Note)
def note_is_saved(sender, instance, **kwargs):
    draw.delay(instance.pk)
#   ^^^^^^^^^^ side-effect-before-commit


@receiver(post_delete, sender=Book)
def book_deleted(sender, instance, **kwargs):
    index.delay(instance.pk, kind="gone")


@receiver(m2m_changed, sender=Book.tags.through)
def tagged(sender, instance, action, **kwargs):
    index.delay(instance.pk)
#   ^^^^^^^^^^^ side-effect-before-commit
