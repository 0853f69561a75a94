INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "app"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
