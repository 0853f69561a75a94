from django.db.models.signals import post_save
from django.dispatch import receiver

from app.models import Book


@receiver(post_save, sender=Book)
def saved(sender, instance, **kwargs):
    print("imported by a view, perhaps", instance)
