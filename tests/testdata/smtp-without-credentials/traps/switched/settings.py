"""Whoever switches it on knows what it needs."""

import os

INSTALLED_APPS = ["django.contrib.contenttypes"]
DEBUG = os.environ.get("DEBUG") == "1"

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
if os.environ.get("SEND_REALLY"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
