from django.db import models, transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver


class Invoice(models.Model):
    number = models.CharField(max_length=20, blank=True)

    def renumber(self):
        self.number = str(self.pk)
        self.save()

    def renumber_once(self):
        if not self.number:
            self.number = str(self.pk)
            self.save()


class Draft(models.Model):
    text = models.TextField()
    quiet = False

    def save(self, *args, **kwargs):
        if self.quiet:
            return
        super().save(*args, **kwargs)


class Note(models.Model):
    text = models.TextField()

    def save(self, *args, **kwargs):
        self.text = self.text.strip()
        super().save(*args, **kwargs)


@receiver(post_save, sender=Invoice)
def saves(sender, instance, **kwargs):
    row = instance
    row.save(update_fields=["number"])
#   ^^^^^^^^ save-in-own-receiver


@receiver(pre_save, sender=Note)
@transaction.atomic
def saves_before(sender, **kwargs):
    kwargs["instance"].save()
#   ^^^^^^^^^^^^^^^^^^^^^^^ save-in-own-receiver


@receiver(post_save, sender=Invoice)
def not_for_fixtures(sender, instance, created, raw, **kwargs):
    if raw:
        return
    if created:
        print("new")
    else:
        instance.save()
#       ^^^^^^^^^^^^^ save-in-own-receiver


@receiver(post_save, sender=Invoice)
def by_a_method(sender, instance, **kwargs):
    instance.renumber()
#   ^^^^^^^^^^^^^^^^^ save-in-own-receiver


@receiver(post_save, sender=Invoice)
def by_a_method_that_asks(sender, instance, **kwargs):
    instance.renumber_once()


@receiver(post_save, sender=Invoice)
def once(sender, instance, created, **kwargs):
    if created:
        instance.save()


@receiver(post_save, sender=Invoice)
def asks(sender, instance, update_fields, **kwargs):
    if update_fields:
        return
    instance.save(update_fields=["number"])


@receiver(post_save, sender=Invoice)
def asks_the_row(sender, instance, **kwargs):
    instance.number or instance.save()


@receiver(post_save, sender=Invoice)
def flagged(sender, instance, **kwargs):
    if not hasattr(instance, "_saved"):
        instance._saved = True
        instance.save()


@receiver(post_save, sender=Invoice)
def tries(sender, instance, **kwargs):
    try:
        instance.save()
    except RecursionError:
        pass


@receiver(post_save, sender=Invoice)
def saves_another(sender, instance, **kwargs):
    Note(text=instance.number).save()


@receiver(post_save, sender=Draft)
def quietly(sender, instance, **kwargs):
    instance.quiet = True
    instance.save()


@receiver(post_delete, sender=Invoice)
def deleted(sender, instance, **kwargs):
    instance.save()


@receiver(post_save)
def of_any_model(sender, instance, **kwargs):
    instance.save()
