"""Profile and notification handling as it was before the notification rework."""

from django.conf import settings
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse

from .models import Notification, Profile


def role_for(user):
    if user.is_superuser:
        return Profile.Role.ADMIN
    return Profile.Role.STAFF


def unread_notifications(user):
    return Notification.objects.filter(user=user, read=False).order_by("-timestamp")


@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def create_user_profile(sender, instance, created, **kwargs):
    if created:
        default_role = role_for(instance)
        Profile.objects.create(user=instance, role=default_role)


@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def welcome_user(sender, instance, created, **kwargs):
    if created:
        Notification.objects.create(user=instance, message="Welcome aboard", link=reverse("checklist-list"))
