from django.contrib.auth.models import User
from django.db import models
from django.db.models.signals import post_save
from django.dispatch import receiver


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)
    bio = models.TextField()
    settings = models.JSONField()


@receiver(post_save, sender=User)
def exploded(sender, instance, **kwargs):
    profile = Profile.objects.create(
        #     ^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save
        role="staff",  # until somebody changes it
        # the owner
        user=instance,
        bio="""
    as it is
        """,
        settings={
            "theme": "dark",
        },
        # that is all
    )
    profile.full_clean()


@receiver(post_save, sender=User)
def half_exploded(sender, instance, **kwargs):
    Profile.objects.create(user=instance, role='guest',  # a comment
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save
                           **defaults_for(instance))


@receiver(post_save, sender=User)
def used(sender, instance, **kwargs):
    print(Profile.objects.create(user_id=instance.id, role=("staff" if instance.is_staff else "guest")).role)
    #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


@receiver(post_save, sender=User)
async def asynchronous(sender, instance, **kwargs):
    await Profile.objects.acreate(user=instance)
    #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ raw-create-in-post-save


def defaults_for(user):
    return {"bio": user.username}
