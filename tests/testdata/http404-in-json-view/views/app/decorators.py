from functools import wraps

from django.http import Http404, JsonResponse


def answers_json(view):
    @wraps(view)
    def inner(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Http404 as error:
            return JsonResponse({"error": str(error)}, status=404)

    return inner
