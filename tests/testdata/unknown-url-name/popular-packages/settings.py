INSTALLED_APPS = ["shop", "allauth", "debug_toolbar"]
ROOT_URLCONF = "urls"
