from django.conf import settings


def host():
    return settings.ALLOWED_HOST
