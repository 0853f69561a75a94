INSTALLED_APPS = ["django.contrib.admin", "allauth.account", "shop"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
ROOT_URLCONF = "urls"
