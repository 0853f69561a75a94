from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string


def body(kind):
    try:
        return render_to_string("shop/mail.html")
    except TemplateDoesNotExist:
        return ""
