from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from app.models import Profile


class Command(BaseCommand):
    def handle(self, *args, **options):
        for name in ("ada", "grace"):
            user = get_user_model().objects.create_user(name)
            Profile.objects.create(user=user, role="demo")
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ second-creator
