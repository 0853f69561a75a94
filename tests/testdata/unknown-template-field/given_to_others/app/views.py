from django.shortcuts import render
from django.views import View

from app.models import Animal, Rack


def rack(request):
    return render(request, "app/rack.html", {"rack": Rack.objects.first()})


class Shown(View):
    template_name = ""

    def get(self, request):
        return render(request, self.template_name, {"rack": Rack.objects.last()})


class Last(Shown):
    template_name = "app/last.html"


def first(request, template_name="app/first.html"):
    if request.GET:
        template_name = "app/other.html"
    return render(request, template_name, {"rack": Rack.objects.last()})


def animal(request, pk):
    return render(request, "app/animal.html", {"animal": Animal.objects.select_subclasses().get(pk=pk)})
