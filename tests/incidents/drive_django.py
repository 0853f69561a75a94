"""Run scenarios in the Django site of the working directory; a program of its own, started by the tests.

usage: drive_django.py RESULT.json SCENARIO...    the settings come from DJANGO_SETTINGS_MODULE, the code from PYTHONPATH
"""

import contextlib
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from outcome import outcome_of

django.setup()

from django.apps import apps  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.tokens import default_token_generator  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from django.db.models.signals import post_save  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from django.utils.encoding import force_bytes  # noqa: E402
from django.utils.http import urlsafe_base64_encode  # noqa: E402

User = get_user_model()
Profile, Notification = apps.get_model("api.Profile"), apps.get_model("api.Notification")
SITE = Path.cwd().parent.resolve()


def person(name: str, **fields: Any) -> Any:
    """A user with a profile; bulk_create sends no signals, so no receiver has a say."""
    User.objects.bulk_create([User(username=name, email=f"{name}@example.com", **fields)])
    user = User.objects.get(username=name)
    Profile.objects.bulk_create([Profile(user=user)])
    return user


def visitor() -> Client:
    return Client(SERVER_NAME="localhost")


def browser(user: Any) -> Client:
    client = visitor()
    client.force_login(user)
    return client


@contextlib.contextmanager
def without_the_copy() -> Iterator[None]:
    """Only the receivers of api.models, as if nobody imported the copy of them."""
    copy = sys.modules.get("api.models_backup")
    receivers = [copy.create_user_profile, copy.welcome_user] if copy else []
    for receiver in receivers:
        post_save.disconnect(receiver, sender=User)
    try:
        yield
    finally:
        for receiver in receivers:
            post_save.connect(receiver, sender=User)


def migrate_but_the_last() -> None:
    """Everything except the exclusion constraint, which SQLite cannot run: the other scenarios need their tables."""
    for label in ("admin", "auth", "contenttypes", "sessions", "api"):
        call_command("migrate", label, verbosity=0)
    call_command("migrate", "bookings", "0004", verbosity=0)


def migrate() -> None:
    call_command("migrate", verbosity=0)


def add_user_in_admin() -> list[str]:
    client = browser(person("root", is_staff=True, is_superuser=True))
    password = {"password1": "quite-some-words", "password2": "quite-some-words", "usable_password": "true"}
    client.post(reverse("admin:auth_user_add"), {"username": "newcomer", **password})
    return list(Profile.objects.filter(user__username="newcomer").values_list("role", flat=True))


def add_user_in_admin_without_the_copy() -> list[str]:
    with without_the_copy():
        return add_user_in_admin()


def load_users_with_profiles() -> list[str]:
    rows = [
        {"model": "api.profile", "pk": 500, "fields": {"user": 77, "updated_at": "2025-01-01T00:00:00Z"}},
        {"model": "auth.user", "pk": 77, "fields": {"username": "from-a-fixture", "password": "!"}},
    ]
    with tempfile.TemporaryDirectory() as folder, without_the_copy():
        fixture = Path(folder, "people.json")
        fixture.write_text(json.dumps(rows))
        call_command("loaddata", fixture, verbosity=0)
    return list(Profile.objects.filter(user_id=77).values_list("pk", flat=True))


def save_user_without_profile() -> int:
    user = person("older-than-profiles")
    user.profile.delete()
    user.save()
    return Profile.objects.filter(user=user).count()


def set_timezone() -> str:
    from api import services

    profile = person("traveller").profile
    services.set_timezone(profile, "Europe/Paris")
    return Profile.objects.get(pk=profile.pk).timezone


def ask_for_password_reset() -> int:
    return visitor().post(reverse("password-forgotten"), {"email": "nobody@example.com"}).status_code


def reset_password() -> str:
    user = person("forgetful")
    user.set_password("the-old-words")
    user.save(update_fields=["password"])
    address = reverse(
        "password-choice",
        kwargs={
            "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
            "token": default_token_generator.make_token(user),
        },
    )
    client = visitor()
    form = client.get(address, follow=True)
    passwords = {"new_password1": "quite-some-words", "new_password2": "quite-some-words"}
    client.post(form.redirect_chain[-1][0], passwords)
    stale = sys.modules.get("api.password_audit")
    return f"{stale.RELEASE} ran" if stale else "reset"


def photos(*names: str) -> Any:
    owner = person("owner")
    checklist = apps.get_model("api.Checklist").objects.create(title="Opening", slug="opening", owner=owner)
    response = apps.get_model("api.ChecklistResponse").objects.create(checklist=checklist, filled_by=owner)
    for name in names:
        apps.get_model("api.ChecklistPhoto").objects.create(response=response, image=f"checklists/{name}")
    return response


def ask_for_missing_photo() -> int:
    from api.views.checklists import photo_info

    response = photos("door.jpg")
    request = RequestFactory().get("/")
    request.user = response.filled_by
    return photo_info(request, response.pk, "window.jpg").status_code


def ask_for_missing_photo_in_browser() -> list[Any]:
    response = photos("door.jpg")
    answer = browser(response.filled_by).get(reverse("photo-info", args=[response.pk, "window.jpg"]))
    return [answer.status_code, answer.headers["Content-Type"].partition(";")[0]]


def ask_for_one_of_two_photos() -> int:
    response = photos("front-door.jpg", "back-door.jpg")
    return browser(response.filled_by).get(reverse("photo-info", args=[response.pk, "door.jpg"])).status_code


def show_notifications() -> str:
    reader = person("reader")
    Notification.objects.create(user=reader, message="an old one", read=True)
    return " ".join(browser(reader).get(reverse("notification-list")).content.decode().split())


def read_feed() -> int:
    return browser(person("reader")).get(reverse("notification-feed")).status_code


def count_unread() -> int:
    return browser(person("reader")).get(reverse("notification-unread")).status_code


def prune_notifications() -> str:
    output = io.StringIO()
    call_command("prune_notifications", stdout=output)
    return output.getvalue()


def send_reminders() -> str:
    Notification.objects.create(user=person("reader"), message="still unread")
    with contextlib.redirect_stdout(io.StringIO()) as output:
        call_command("send_reminders")
    return output.getvalue()


def show_every_page() -> list[int]:
    client = browser(photos("door.jpg").filled_by)
    names = ["checklist-list", "booking-list", "booking-create", "profile", "sign-up", "login"]
    addresses = [*map(reverse, names), reverse("checklist-detail", args=["opening"])]
    return [client.get(address).status_code for address in addresses]


def book_twice() -> list[int]:
    booker = person("booker")
    room = apps.get_model("bookings.Room").objects.create(name="Attic")
    day = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d")
    form = {"room": room.pk, "title": "Planning", "starts_at": f"{day} 10:00", "ends_at": f"{day} 11:00"}
    answers = [browser(booker).post(reverse("booking-create"), form).status_code for _ in range(2)]
    return [*answers, room.bookings.count()]


def book_twice_past_the_form() -> None:
    booker, now = person("booker"), timezone.now()
    room = apps.get_model("bookings.Room").objects.create(name="Attic")
    for title in ("Planning", "Review"):
        room.bookings.create(title=title, booked_by=booker, starts_at=now, ends_at=now + timedelta(hours=1))


def migrations_are_complete() -> None:
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def rolled_back(name: str) -> Any:
    with transaction.atomic():
        value = globals()[name]()
        transaction.set_rollback(True)
    return value


ON_THEIR_OWN = {"migrate", "migrate_but_the_last"}  # migrations manage their transactions themselves


def main(result: str, *names: str) -> None:
    outcomes = {}
    for name in names:
        run = globals()[name] if name in ON_THEIR_OWN else lambda name=name: rolled_back(name)
        outcomes[name] = outcome_of(run, SITE)
    Path(result).write_text(json.dumps(outcomes))


if __name__ == "__main__":
    main(*sys.argv[1:])
