from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from app.models import Order


def order(request, pk):
    return HttpResponse(get_object_or_404(Order, pk=pk).number)


def guarded(request, pk):
    try:
        order = Order.objects.get(pk=pk)
    except Order.DoesNotExist:
        raise Http404
    return HttpResponse(order.number)


def asked(request, pk):
    if not Order.objects.filter(pk=pk).exists():
        raise Http404
    return HttpResponse(Order.objects.get(pk=pk).number)


def or_404(view):
    @wraps(view)
    def wrapped(request, **kwargs):
        try:
            return view(request, **kwargs)
        except Order.DoesNotExist:
            raise Http404

    return wrapped


@or_404
def decorated(request, pk):
    return HttpResponse(Order.objects.get(pk=pk).number)


def helper(request, pk):  # no URL leads here
    return Order.objects.get(pk=pk)


def fixed(request):
    return Order.objects.get(number="first")


class Own(View):
    def dispatch(self, request, *args, **kwargs):
        try:
            return super().dispatch(request, *args, **kwargs)
        except Order.DoesNotExist:
            raise Http404

    def get(self, request):
        return HttpResponse(Order.objects.get(number=request.GET["number"]).pk)


def wrapped(request, pk):
    return HttpResponse(Order.objects.get(pk=pk).number)
