INSTALLED_APPS = ["app"]
ROOT_URLCONF = "app.urls"
REST_FRAMEWORK = {"DEFAULT_FILTER_BACKENDS": ["rest_framework.filters.OrderingFilter"]}
