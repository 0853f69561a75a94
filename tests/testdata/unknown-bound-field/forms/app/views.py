from django.shortcuts import render

from app.forms import ContactForm, GrowingForm, NotificationForm, PasswordForm


def contact(request):
    form = ContactForm(request.POST or None)
    return render(
        request, "app/contact.html", {"form": form, "notification": NotificationForm(), "growing": GrowingForm()}
    )


def password(request):
    return render(request, "app/password.html", {"form": PasswordForm()})
