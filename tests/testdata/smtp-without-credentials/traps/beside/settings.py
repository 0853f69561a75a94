"""A server beside the site wants no login."""

import os

INSTALLED_APPS = ["django.contrib.contenttypes"]
DEBUG = os.environ.get("DEBUG") == "1"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "mailpit"
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
