from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from app.models import Locker


class Command(BaseCommand):
    def handle(self, *args, **options):
        for user in get_user_model().objects.all():
            Locker.objects.create(user=user)
