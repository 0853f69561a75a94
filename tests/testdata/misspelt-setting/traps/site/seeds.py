from django.conf import settings


def folders():
    return settings.FIXTURE_DIRS
