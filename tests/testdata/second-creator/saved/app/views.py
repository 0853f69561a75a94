from django.contrib.auth.models import User
from django.db import transaction
from django.shortcuts import redirect

from .forms import SignUpForm, WalletForm
from .models import Profile


def sign_up(request):
    form = WalletForm(request.POST)
    if form.is_valid():
        user = User(username=request.POST["name"])
        user.save()
        wallet = form.save(commit=False)
        wallet.owner = user
        wallet.save()
#       ^^^^^^^^^^^^^ second-creator
    return redirect("/")


def join(request):
    form = SignUpForm(request.POST)
    if form.is_valid():
        with transaction.atomic():
            user = form.save()
            Profile.objects.create(user=user, role="guest")
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ second-creator
    return redirect("/")


def sync(request):
    try:
        user = User.objects.get(username=request.POST["name"])
    except User.DoesNotExist:
        user = User.objects.create_user(request.POST["name"])
        Profile.objects.create(user=user, role="guest")
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ second-creator
    return redirect("/")


def ensure(request):
    user, created = User.objects.get_or_create(username=request.POST["name"])
    if created:
        Profile.objects.create(user=user, role="guest")
#       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ second-creator
    return redirect("/")
