from .base import *  # noqa: F403

INSTALLED_APPS += ["plain"]  # noqa: F405
SITE_ID = 1
