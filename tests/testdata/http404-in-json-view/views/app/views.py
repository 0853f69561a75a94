from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_list_or_404, get_object_or_404, render
from django.views import View
from rest_framework.decorators import api_view
from rest_framework.views import APIView

from app.decorators import answers_json
from app.models import Photo


@login_required
def photo(request, name):
    found = get_object_or_404(Photo, name=name)
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http404-in-json-view
    if not found.name:
        return JsonResponse({"error": "it has no name"}, status=400)
    return JsonResponse({"name": found.name})


def photos(request):
    return JsonResponse({"photos": [found.name for found in get_list_or_404(Photo)]})
    #                                                       ^^^^^^^^^^^^^^^^^^^^^^ http404-in-json-view


def given_up(request):
    if request.method != "POST":
        raise Http404("only POST")
        #     ^^^^^^^^^^^^^^^^^^^^ http404-in-json-view
    return JsonResponse({})


class PhotoView(View):
    def get(self, request, name):
        found = get_object_or_404(Photo, name=name)
        #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ http404-in-json-view
        return JsonResponse({"name": found.name})


def page(request, name):
    return render(request, "photo.html", {"photo": get_object_or_404(Photo, name=name)})


def either(request, name):
    found = get_object_or_404(Photo, name=name)
    if request.headers.get("accept") == "application/json":
        return JsonResponse({"name": found.name})
    return HttpResponse(found.name)


def caught(request, name):
    try:
        found = get_object_or_404(Photo, name=name)
    except Http404:
        return JsonResponse({"error": "no such photo"}, status=404)
    return JsonResponse({"name": found.name})


@answers_json
def decorated(request, name):
    return JsonResponse({"name": get_object_or_404(Photo, name=name).name})


@api_view(["GET"])
def of_a_framework(request, name):
    return JsonResponse({"name": get_object_or_404(Photo, name=name).name})


class OfAFramework(APIView):
    def get(self, request, name):
        return JsonResponse({"name": get_object_or_404(Photo, name=name).name})


def helper(name):
    return JsonResponse({"name": get_object_or_404(Photo, name=name).name})
