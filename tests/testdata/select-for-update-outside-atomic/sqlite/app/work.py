from celery import shared_task
from django.http import JsonResponse

from app.models import Account


def charge(pk):
    account = Account.objects.select_for_update().get(pk=pk)
    account.balance -= 1
    account.save()


@shared_task
def rich():
    return list(Account.objects.select_for_update(skip_locked=True).order_by("pk"))


def show(request):
    return JsonResponse(Account.objects.select_for_update().first())
