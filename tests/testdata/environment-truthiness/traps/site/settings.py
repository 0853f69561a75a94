import json
import os

SECRET_KEY = os.environ["SECRET_KEY"]
INSTALLED_APPS = ["django.contrib.contenttypes"]

DEBUG = os.environ.get("DEBUG", False)
DEBUG = DEBUG == "True"
USE_TZ = os.environ.get("USE_TZ", False) == "True"
APPEND_SLASH = json.loads(os.environ.get("APPEND_SLASH", "false"))
USE_I18N = bool(int(os.environ.get("USE_I18N", False)))
HAS_KEY = bool(os.environ.get("API_KEY"))
HAS_NAME = bool(os.environ.get("NAME", ""))
SESSION_COOKIE_SECURE = bool(os.environ.get("SECURE"))
SECURE_SSL_REDIRECT = os.environ.get("SSL_REDIRECT", "")
USE_X_FORWARDED_HOST = os.environ.get("FORWARDED", False)  # production.py makes a bool of it
FEATURE = os.environ.get("FEATURE", False)  # who reads it may compare it
SESSION_COOKIE_SAMESITE = os.environ.get("SAMESITE", False)  # "Lax", or False
EMAIL_HOST_PASSWORD = os.environ.get("PASSWORD", "no")


def flag(name):
    return bool(os.environ.get(name, False))
