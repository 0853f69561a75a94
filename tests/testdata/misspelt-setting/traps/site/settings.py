INSTALLED_APPS = ["django.contrib.contenttypes"]
ASGI_APPLICATION = "site.asgi.application"  # another first letter
ALLOWED_HOST = "example.com"  # read in views.py
STATICFILES_DIR = "static"
STATICFILES_DIRS = [STATICFILES_DIR]
FIXTURE_DIR = ["seeds"]  # the right name stands in a script
CACHE = {}  # too short to be sure
FILE_UPLOAD_HANDLER = "site.uploads.handle"  # a known package speaks of it
