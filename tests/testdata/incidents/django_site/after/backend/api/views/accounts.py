from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from api import security, services
from api.forms import ProfileForm, SignUpForm


@login_required
def profile(request):
    own = services.ensure_profile(request.user)
    form = ProfileForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        services.set_timezone(own, form.cleaned_data["timezone"])
        services.set_phone(own, form.cleaned_data["phone"])
        messages.success(request, "Saved.")
        return redirect("profile")
    return render(request, "registration/profile.html", {"profile": own, "form": form})


def sign_up(request):
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.save())
        return redirect("notification-list")
    return render(request, "registration/sign_up.html", {"form": form})


def password_forgotten(request):
    form = PasswordResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        security.logger.info("password reset asked for from %s", security.client_address(request))
        form.save(request=request, email_template_name="mail/password_forgotten.txt")
        messages.success(request, "Look into your mailbox.")
        return redirect("login")
    return render(request, "registration/password_forgotten.html", {"form": form})


class PasswordChoice(PasswordResetConfirmView):
    template_name = "registration/password_choice.html"
    success_url = reverse_lazy("login")

    def form_valid(self, form):
        security.logger.info("password of %s reset", self.user.pk)
        return super().form_valid(form)
