from celery import shared_task
from django.db import transaction

from app.models import Account


def locked(pk):  # who calls it opens a transaction
    return Account.objects.select_for_update().get(pk=pk)


@shared_task
def charge(pk):
    with transaction.atomic():
        account = locked(pk)
        account.balance -= 1
        account.save()


@shared_task
@transaction.atomic
def rich():
    return list(Account.objects.select_for_update())


@shared_task
def reset():
    Account.objects.select_for_update().update(balance=0)  # locks nothing


@shared_task
def lazily():
    return rows_of(Account.objects.select_for_update())


def rows_of(rows):
    with transaction.atomic():
        return list(rows)


def orphan(pk):  # nobody is seen to call it
    return Account.objects.select_for_update().get(pk=pk)


def helper(request):
    return Account.objects.select_for_update().first()


@transaction.atomic
def view(request):
    return helper(request)
