INSTALLED_APPS = ["rest_framework", "app"]
REST_FRAMEWORK = {"URL_FIELD_NAME": "resource_uri"}
