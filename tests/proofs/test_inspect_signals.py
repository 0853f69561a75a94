"""The receivers that the index sees are those that Django connects, with the senders that it connects them for."""

from __future__ import annotations

import json
from pathlib import Path

from linter.examples import options
from linter.inspect.signals import records
from linter.run import index
from tests.proofs.django_runner import SETTINGS, run_django

MODELS = """
from functools import partial

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import signals
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import Signal, receiver

from app.own import on_save, told

User = get_user_model()
SAVED = [pre_save, post_save]
UID = "a_constant"


class Tag(models.Model):
    pass


class Note(models.Model):
    tags = models.ManyToManyField(Tag)
    readers = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Reading")


class Reading(models.Model):
    note = models.ForeignKey(Note, on_delete=models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)


@receiver(post_save, sender=settings.AUTH_USER_MODEL)
def decorated(sender, **kwargs): ...


@receiver(post_save, sender=Note)
@receiver(signals.post_delete, sender="app.Tag", dispatch_uid="literal")
def stacked(sender, **kwargs): ...


@receiver(SAVED, sender=User, dispatch_uid=UID)
def several_signals(sender, **kwargs): ...


@receiver(post_save)
def any_sender(sender, **kwargs): ...


@receiver(m2m_changed, sender=Note.tags.through)
def automatic_through(sender, **kwargs): ...


@receiver(m2m_changed, sender=Note.readers.through)
def given_through(sender, **kwargs): ...


@receiver(told)
def own_signal(sender, **kwargs): ...


@on_save(Group)
def own_decorator(sender, **kwargs): ...


class Keeper:
    def keep(self, sender, **kwargs): ...

    @classmethod
    def of_class(cls, sender, **kwargs): ...

    @staticmethod
    def plain(sender, **kwargs): ...


keeper = Keeper()
post_save.connect(keeper.keep, sender=Tag)
post_save.connect(Keeper.of_class, Tag)
post_save.connect(receiver=Keeper.plain, sender=Tag)


def looped(sender, **kwargs): ...


for signal in (pre_save, post_delete):
    for model in [Note, Tag]:
        signal.connect(looped, sender=model)


def wrapped(extra, sender, **kwargs): ...


post_save.connect(partial(wrapped, 1), sender=Reading, weak=False)
"""
OWN = """
from django.db.models.signals import post_save
from django.dispatch import Signal

told = Signal()


def on_save(model):
    def decorator(function):
        post_save.connect(function, sender=model)
        return function

    return decorator
"""
APPS = """
from django.apps import AppConfig


class AppConfig(AppConfig):
    name = "app"

    def ready(self):
        from django.contrib.auth import get_user_model
        from django.db.models.signals import post_migrate, pre_delete

        from app import late

        User = get_user_model()
        pre_delete.connect(late.imported, sender=User)
        pre_delete.connect(self.of_the_app, sender=self.get_model("Note"), dispatch_uid="app")
        post_migrate.connect(late.migrated, sender=self)

        def inner(sender, **kwargs): ...

        pre_delete.connect(inner, sender="auth.Group", weak=False)

    def of_the_app(self, sender, **kwargs): ...
"""
LATE = "def imported(sender, **kwargs): ...\n\n\ndef migrated(sender, **kwargs): ...\n"

RECORD = """
import functools, json
from django.dispatch.dispatcher import Signal

connected, connect = [], Signal.connect


def record(self, receiver, sender=None, weak=True, dispatch_uid=None):
    connected.append((self, receiver, sender, dispatch_uid))
    return connect(self, receiver, sender, weak, dispatch_uid)


Signal.connect = record
"""
PRINT = """
from django.apps import AppConfig
from django.db.models import signals

names = {id(value): name for name, value in vars(signals).items()}
out = []
for signal, receiver, sender, uid in connected:
    if isinstance(receiver, functools.partial):
        receiver = receiver.func
    code = getattr(receiver, "__func__", receiver).__code__
    if receiver.__module__.startswith("app"):
        if isinstance(sender, AppConfig):
            label = f"<instance {type(sender).__name__}>"
        else:
            label = sender and sender._meta.label
        name = receiver.__module__ + "." + receiver.__qualname__.replace("AppConfig.ready.<locals>.", "")
        out.append([names.get(id(signal), "told"), name, label, uid, code.co_firstlineno])
print(json.dumps(sorted(out, key=str)))
"""


def test_what_is_seen_is_what_is_connected(tmp_path: Path) -> None:
    files = {"app/models.py": MODELS, "app/own.py": OWN, "app/apps.py": APPS, "app/late.py": LATE, "manage.py": ""}
    said = run_django(tmp_path, files, PRINT, tables=False, before=RECORD)
    assert said.raised == ""
    for name in ("script.py", "urls.py"):
        (tmp_path / name).unlink()
    assert (tmp_path / "settings.py").read_text(encoding="utf-8") == SETTINGS
    seen = [
        [r["signal"].rpartition(".")[2], r["receiver"], r["sender"], r["dispatch_uid"], r["line"]]
        for r in records(index(options(tmp_path)))
    ]
    connected = json.loads(said.printed)
    assert [one for one in seen if one not in connected] == []
    assert [one for one in connected if one not in seen] == []
    assert len(seen) == len(connected)
