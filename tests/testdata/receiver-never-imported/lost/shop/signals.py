from django.db.models.signals import post_save

from app.models import Book


def saved(sender, instance, **kwargs):
#   ^^^^^ receiver-never-imported
    print("never printed", instance)


post_save.connect(saved, sender=Book)
