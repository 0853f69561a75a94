INSTALLED_APPS = ["django.contrib.contenttypes"]
ALLOWED_HOST = ["example.com"]
#^^^^^^^^^^^ misspelt-setting
MIDDLEWARES = ["django.middleware.common.CommonMiddleware"]
#^^^^^^^^^^ misspelt-setting
LANGAUGE_CODE = "de"
#^^^^^^^^^^^^ misspelt-setting
SESION_COOKIE_SECURE = True
#^^^^^^^^^^^^^^^^^^^ misspelt-setting
if INSTALLED_APPS:
    STATICFILES_DIR = ["static"]
#   ^^^^^^^^^^^^^^^ misspelt-setting
