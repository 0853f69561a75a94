from django.contrib.auth.backends import ModelBackend


class ByMail(ModelBackend):
    def authenticate(self, request, mail=None, password=None):
        return None
