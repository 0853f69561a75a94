from django.conf import settings


def options():
    return {"atomic": settings.ATOMIC_REQUESTS}
