import os

import dj_database_url

from .base import *  # noqa: F403

ALLOWED_HOSTS = os.environ.get("DJANGO_ALLOWED_HOSTS", "localhost").split(",")

# The platform hands over postgres://user:password@host/name.
DATABASES = {
    "default": dj_database_url.config(env="DATABASE_URL", conn_max_age=600, conn_health_checks=True),
}

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
