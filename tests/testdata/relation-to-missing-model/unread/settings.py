import os

INSTALLED_APPS = ["notes", "some_library_that_nobody_has"]
if os.environ.get("EXTRA"):
    INSTALLED_APPS += ["django.contrib.sites"]
