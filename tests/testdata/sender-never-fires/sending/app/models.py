from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import Signal, receiver

published = Signal()


class Tag(models.Model):
    name = models.CharField(max_length=50)


class Base(models.Model):
    class Meta:
        abstract = True


class Book(Base):
    tags = models.ManyToManyField(Tag, through="Tagging")


class OldBook(Book):
    class Meta:
        proxy = True


class Tagging(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)
    seen_by = models.ManyToManyField(User, related_name="+")


class Shelf(models.Model):
    books = models.ManyToManyField(Book)


@receiver(published, sender=Base)
@receiver(published, sender=Book.tags)
@receiver(m2m_changed, sender=Tagging)
@receiver(m2m_changed, sender=Book.tags.through)
@receiver(m2m_changed, sender=Tagging.seen_by.through)
@receiver(m2m_changed, sender=Shelf)
@receiver(post_save, sender=OldBook)
@receiver(post_save, sender=User)
@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def changed(sender, instance, **kwargs):
    print(instance)


for model in Base.__subclasses__():
    post_save.connect(changed, sender=model)


class Watched:
    model = Base

    def watch(self):
        post_save.connect(changed, sender=self.model)
