import logging

from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver

logger = logging.getLogger("api.security")


def client_address(request):
    forwarded = request.headers.get("X-Forwarded-For", "")
    return forwarded.split(",")[0].strip() or request.META.get("REMOTE_ADDR", "")


@receiver(user_logged_in)
def log_login(sender, request, user, **kwargs):
    logger.info("login of %s from %s", user.pk, client_address(request))


@receiver(user_login_failed)
def log_failed_login(sender, credentials, request=None, **kwargs):
    logger.warning("failed login of %s", credentials.get("username"))
