from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.core.management.base import BaseCommand
from django.db.models import Count, Q
from django.template.loader import render_to_string


class Command(BaseCommand):
    help = "Mail everybody who has unread notifications."

    def handle(self, *args, **options):
        unread = Count("notifications", filter=Q(notifications__read=False))
        users = get_user_model().objects.select_related("profile").filter(is_active=True).exclude(email="")
        users = users.annotate(unread=unread).filter(unread__gt=0)
        for user in users:
            body = render_to_string("mail/reminder.txt", {"recipient": user})
            send_mail("Unread notifications", body, None, [user.email])
        self.stdout.write(f"{len(users)} reminded")
