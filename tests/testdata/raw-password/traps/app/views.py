from django.contrib.auth.hashers import make_password

from app.models import Door, Member


def register(request, hashed):
    Member.objects.create_user(username="a", password=request.POST["password"])
    Member.objects.create(username="b", password="!")  # no password at all
    Member.objects.create(username="c", password="")
    Member.objects.create(username="d", password="pbkdf2_sha256$1$a$b")
    Member.objects.create(username="e", password=hashed)  # who knows
    Door.objects.create(password=request.POST["password"])


def first(request):
    Member.objects.create(username="a", password=make_password(request.POST["password"]))


def second(request):
    user = Member(username="a", password=request.POST["password"])
    user.set_password(request.POST["password"])
    user.save()


def copied(other):
    user = Member.objects.get(pk=1)
    user.password = other.password
    user.save()


def locked():
    user = Member.objects.get(pk=1)
    user.password = "removed"
    user.save()
    Member.objects.create(username="f", password="UNUSABLE")
    Member.objects.create(username="g", password="no-login")
