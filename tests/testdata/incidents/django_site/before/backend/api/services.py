import zoneinfo
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .models import Checklist, ChecklistItem, Notification, Profile, role_for


def ensure_profile(user):
    profile, _ = Profile.objects.get_or_create(user=user, defaults={"role": role_for(user), "timezone": "UTC"})
    return profile


def set_timezone(profile, name):
    if name not in zoneinfo.available_timezones():
        raise ValueError(f"unknown time zone {name!r}")
    profile.timezone = name
    profile.save(update_fields=["timezone", "updated_at", "history"])


def set_phone(profile, number):
    profile.phone = number
    profile.save(update_fields=["phone", "updated_at"])


def hand_over(checklist, user):
    checklist.owner_id = user.pk
    checklist.save(update_fields=["owner_id"])


def mark_all_read(user):
    return Notification.objects.filter(user=user, read=False).update(read=True)


def notifications_older_than(days):
    return Notification.objects.filter(read=True, timestamp__lt=timezone.now() - timedelta(days=days))


@transaction.atomic
def import_checklist(owner, title, slug, texts):
    checklist, created = Checklist.objects.get_or_create(slug=slug, defaults={"title": title, "owner": owner})
    if not created:
        checklist.items.all().delete()
    ChecklistItem.objects.bulk_create(
        ChecklistItem(checklist=checklist, text=text, position=position) for position, text in enumerate(texts)
    )
    return checklist
