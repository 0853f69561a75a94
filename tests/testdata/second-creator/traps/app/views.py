from contextlib import suppress

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.shortcuts import redirect
from library.testing import quiet

from .models import Badge, Desk, Key, Note, Profile


def add_profile(user):
    # who calls this, and when?
    return Profile.objects.create(user=user)


def sign_up(request):
    user = User.objects.create_user(request.POST["name"])
    Badge.objects.create(user=user)
    Desk.objects.create(user=user)
    Note.objects.create(user=user)
    key = Key(user=user)
    key.save()
    Profile.objects.get_or_create(user=user)
    add_profile(user)
    return redirect("/")


def careful(request):
    user = User.objects.create_user(request.POST["name"])
    if not Profile.objects.filter(user=user).exists():
        Profile.objects.create(user=user)
    return redirect("/")


def catching(request):
    user = User.objects.create_user(request.POST["name"])
    try:
        Profile.objects.create(user=user)
    except IntegrityError:
        pass
    with suppress(IntegrityError):
        Profile.objects.create(user=user)
    return redirect("/")


def silenced(request):
    with quiet():
        user = User.objects.create_user(request.POST["name"])
        Profile.objects.create(user=user)
    return redirect("/")


def in_bulk(request):
    users = User.objects.bulk_create([User(username=name) for name in request.POST.getlist("name")])
    for user in users:
        Profile.objects.create(user=user)
    return redirect("/")


def found(request):
    user = User.objects.get(username=request.POST["name"])
#          ^^^^^^^^^^^^^^^^ unhandled-does-not-exist
    Profile.objects.create(user=user)
    return redirect("/")


def either(request):
    if request.POST:
        user = User.objects.create_user(request.POST["name"])
    else:
        user = User.objects.latest("pk")
    Profile.objects.create(user=user)
    return redirect("/")


def on_demand(request):
    user = User.objects.create_user(request.POST["name"])
    try:
        profile = user.profile
    except Profile.DoesNotExist:
        profile = Profile.objects.create(user=user)
    return redirect("/", profile=profile)


def again(request):
    user = User.objects.create_user(request.POST["name"])
    user.profile.delete()
    Profile.objects.create(user=user)
    return redirect("/")


def seated(request):
    from .late import Seat

    user = User.objects.create_user(request.POST["name"])
    Seat.objects.create(user=user)
    return redirect("/")
