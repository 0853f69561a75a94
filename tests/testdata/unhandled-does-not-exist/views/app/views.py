from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.generic import DetailView, View

from app.models import Order


@login_required
def order(request, pk):
    order = Order.objects.get(pk=pk)
#           ^^^^^^^^^^^^^^^^^ unhandled-does-not-exist
    return HttpResponse(order.number)


class Thanks(DetailView):
    def get_object(self, queryset=None):
        if self.request.user.is_superuser and "number" in self.request.GET:
            return Order._default_manager.get(number=self.request.GET["number"])
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^ unhandled-does-not-exist
        pk = int(self.request.session.get("order"))
        return Order.objects.get(pk=pk)
#              ^^^^^^^^^^^^^^^^^ unhandled-does-not-exist


class Numbered(View):
    def get(self, request, number):
        return HttpResponse(Order.objects.get(number=number).pk)
#                           ^^^^^^^^^^^^^^^^^ unhandled-does-not-exist
