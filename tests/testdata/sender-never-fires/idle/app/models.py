from django.contrib.auth.models import AbstractUser, User
from django.db import models
from django.db.models.signals import m2m_changed, post_save, pre_delete
from django.dispatch import receiver


class Tag(models.Model):
    name = models.CharField(max_length=50)


class Base(models.Model):
    class Meta:
        abstract = True


class Book(Base):
    tags = models.ManyToManyField(Tag)


@receiver(m2m_changed, sender=Book.tags)
#                             ^^^^^^^^^ sender-never-fires
@receiver([post_save, pre_delete], sender=Base)
#                                         ^^^^ sender-never-fires
@receiver(post_save, sender=User)
#                           ^^^^ sender-never-fires
def changed(sender, instance, **kwargs):
    print(instance)


@receiver(m2m_changed, sender=Book)
#                             ^^^^ sender-never-fires
def sided(sender, instance, action, **kwargs):
    print(action, instance)


def connect():
    post_save.connect(changed, sender=AbstractUser)
    #                                 ^^^^^^^^^^^^ sender-never-fires
