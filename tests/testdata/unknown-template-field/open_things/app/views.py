from django.shortcuts import render
from django.views.generic import DetailView

from app.forms import PanelForm
from app.models import Foreign, Marked, Page, Proxying


def show(request, name):
    context = {
        "foreign": Foreign.objects.first(),
        "proxying": Proxying.objects.first(),
        "page": Page.objects.first(),
        "marked": Marked.objects.first(),
        "panel": PanelForm(),
        "pages": Page.objects.annotate(**{name: name}),
        "numbers": {"one": 1},
        "words": ["a", "b"],
    }
    return render(request, "show.html", context)


class Generic(DetailView):
    template_name = "generic.html"

    def get_queryset(self):
        return self.kwargs["model"].objects.all()


def tree(request):
    return render(request, "tree.html", {"node": Page.objects.first(), "depth": 1})
