from typing import TYPE_CHECKING

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from app.models import Book

if TYPE_CHECKING:
    from app import receivers


@receiver(post_save, sender=Book)
def fine(sender, instance, **kwargs):
    print("not reported: a name that says nothing", instance)
