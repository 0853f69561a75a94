INSTALLED_APPS = ["django.contrib.contenttypes"]
DEFAULT_FILE_STORAGE = "storages.backends.s3boto3.S3Boto3Storage"
#                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ removed-setting
