from django.core.mail import EmailMessage


def welcome(reader):
    _send("Welcome", reader.email)


def _send(subject, address):
    EmailMessage(subject, "", None, [address]).send()


def careful(reader, raw):
    if not raw:
        _send("Welcome", reader.email)
