from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from app.models import Photo


def photo(request, name):
    return JsonResponse({"name": get_object_or_404(Photo, name=name).name})


def not_found(request, exception):
    return JsonResponse({"error": "not found"}, status=404)
