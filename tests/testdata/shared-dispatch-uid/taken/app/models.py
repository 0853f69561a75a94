from django.contrib.auth.models import User
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

UID = "user_saved"


@receiver(post_save, sender=User, dispatch_uid=UID)
def update_index(sender, instance, **kwargs):
    print("indexing", instance)


@receiver([post_save, post_delete], sender=User, dispatch_uid="user_saved")
#                                                             ^^^^^^^^^^^^ shared-dispatch-uid
def clear_cache(sender, instance, **kwargs):
    print("never printed", instance)


def greet(sender, **kwargs):
    print("hello")


def greet_again(sender, **kwargs):
    print("hello again")


post_save.connect(greet, sender="auth.User", dispatch_uid="greet")
post_save.connect(
    greet_again,
    sender=User,
    dispatch_uid="greet",
    #            ^^^^^^^ shared-dispatch-uid
)
