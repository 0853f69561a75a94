import os
from os import environ, getenv

SECRET_KEY = os.environ["SECRET_KEY"]
INSTALLED_APPS = ["django.contrib.contenttypes"]

DEBUG = os.environ.get("DEBUG", False)
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ environment-truthiness
SECURE_SSL_REDIRECT = getenv("SSL", True)
#                     ^^^^^^^^^^^^^^^^^^^ environment-truthiness
SESSION_COOKIE_SECURE = environ.get("SECURE", "no")
#                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ environment-truthiness
LDAP = bool(
    os.getenv(
#   ^^^^^^^^^^ environment-truthiness
        "LDAP",
        False,
    )
)


class Local:
    DEBUG = bool(os.environ.get("DEBUG", False))
    #            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ environment-truthiness
    DEBUG_TOOLBAR = os.environ.get("DEBUG_TOOLBAR", False)
