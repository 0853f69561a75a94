"""Nothing names these settings: no configuration of pytest, no manage.py."""

from .settings import *

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}
