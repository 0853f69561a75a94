INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "shop", "apps.user", "watcher.contrib.django"]
ROOT_URLCONF = "site.urls"
