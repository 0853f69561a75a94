from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from app.models import Book


@receiver(post_save, sender=Book)
def saved(sender, instance, **kwargs):
#   ^^^^^ receiver-never-imported
    print("never printed", instance)


def deleted(sender, instance, **kwargs):
    print("never printed", instance)


post_delete.connect(deleted, sender=Book)
