import os

os.environ.setdefault("DJANGO_DEBUG", "1")

from .base import *  # noqa: E402, F403

INTERNAL_IPS = ["127.0.0.1"]
