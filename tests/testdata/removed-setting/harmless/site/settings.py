INSTALLED_APPS = ["django.contrib.contenttypes"]
import django

USE_L10N = True
DEFAULT_FILE_STORAGE = "django.core.files.storage.FileSystemStorage"
if django.VERSION < (5,):
    STATICFILES_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
