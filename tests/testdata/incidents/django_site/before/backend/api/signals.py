from django.db.models.signals import post_save
from django.dispatch import receiver

from bookings.models import Booking

from .models import ChecklistResponse, Notification


@receiver(post_save, sender=ChecklistResponse)
def notify_response(sender, instance, created, **kwargs):
    if created:
        Notification.objects.create(
            user=instance.checklist.owner,
            message=f"New response to {instance.checklist.title}",
            link=instance.checklist.get_absolute_url(),
        )


@receiver(post_save, sender=Booking)
def notify_booking(sender, instance, created, **kwargs):
    if created:
        Notification.objects.create(
            user=instance.booked_by,
            message=f"Booked: {instance.title}",
            link=instance.get_absolute_url(),
        )


def remove_photo_file(sender, instance, **kwargs):
    instance.image.delete(save=False)
