INSTALLED_APPS = ["django.contrib.admin", "allauth.account", "crispy_pack5", "shop"]
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
ROOT_URLCONF = "urls"
