from django.contrib.auth.models import User
from django.db.models.signals import post_save

from .models import greet, greet_politely


def be_polite():
    post_save.disconnect(sender=User, dispatch_uid="greet")
    post_save.connect(greet_politely, sender=User, dispatch_uid="greet")


def be_short():
    post_save.disconnect(sender=User, dispatch_uid="greet")
    post_save.connect(greet, sender=User, dispatch_uid="greet")
