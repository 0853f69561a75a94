from django.db import transaction
from django.utils.decorators import method_decorator
from django.views import View

from app.models import Account


@method_decorator(transaction.atomic, name="dispatch")
class Charge(View):
    def post(self, request):
        return Account.objects.select_for_update().first()


class Wrapped(View):
    def dispatch(self, request):
        with transaction.atomic():
            return super().dispatch(request)

    def post(self, request):
        return Account.objects.select_for_update().first()
