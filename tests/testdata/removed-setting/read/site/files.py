from django.conf import settings
from django.utils.module_loading import import_string


def storage():
    return import_string(settings.DEFAULT_FILE_STORAGE)()
