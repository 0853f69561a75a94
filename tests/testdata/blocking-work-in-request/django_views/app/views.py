import requests
from django.core.mail import send_mail
from django.http import HttpResponse
from django.views import View

from app.notify import notify


def contact(request):
    send_mail("subject", "body", None, ["me@example.com"])
    return HttpResponse(requests.get("https://example.com"))
#                       ^^^^^^^^^^^^ blocking-work-in-request


async def contact_async(request):
    notify("me@example.com")
#   ^^^^^^^^^^^^^^^^^^^^^^^^ blocking-work-in-request
    return HttpResponse()


class Status(View):
    def get(self, request):
        return HttpResponse(self.ask())

    def ask(self):
        return requests.get("https://example.com/status")
#              ^^^^^^^^^^^^ blocking-work-in-request

    def later(self):
        return requests.get("https://example.com/later")
