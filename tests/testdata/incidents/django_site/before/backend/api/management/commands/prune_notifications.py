from datetime import timedelta

from django.core.management.base import BaseCommand
from django.utils import timezone

from api.models import Notification


class Command(BaseCommand):
    help = "Delete notifications that were read long ago."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=90)

    def handle(self, *args, **options):
        limit = timezone.now() - timedelta(days=options["days"])
        deleted, _ = Notification.objects.filter(read=True, created_at__lt=limit).delete()
        self.stdout.write(f"{deleted} deleted")
