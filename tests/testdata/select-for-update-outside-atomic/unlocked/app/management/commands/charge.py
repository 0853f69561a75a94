from django.core.management.base import BaseCommand

from app.models import Account
from app.work import charge


class Command(BaseCommand):
    def handle(self, *args, **options):
        for account in Account.objects.filter(balance__gt=0).select_for_update():
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ select-for-update-outside-atomic
            charge(account.pk)
