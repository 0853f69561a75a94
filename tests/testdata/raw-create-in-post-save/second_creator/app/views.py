from django.contrib.auth.models import User
from django.shortcuts import redirect

from .forms import WalletForm
from .models import Passport


def sign_up(request):
    form = WalletForm(request.POST)
    if form.is_valid():
        user = User.objects.create_user(request.POST["name"])
        wallet = form.save(commit=False)
        wallet.owner = user
        wallet.save()
    return redirect("/")


def travel(request):
    passport = Passport(user_id=request.user.pk)
    passport.save()
    return redirect("/")
