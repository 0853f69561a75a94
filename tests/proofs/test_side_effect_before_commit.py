"""What side-effect-before-commit says is what a worker sees: one with a connection of its own, as quick as can be."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import SETTINGS, run_django

RULE = registry.load("side-effect-before-commit")
# Stands in for Celery: an idle worker that takes each task at once. The database is a file, so that two can look at it.
CELERY = """
from threading import Thread


def shared_task(function):
    def work(*args):
        from django.db import connection

        try:
            function(*args)
        except Exception as error:
            print(f"{type(error).__module__}.{type(error).__qualname__}: {error}")
        finally:
            connection.close()

    def delay(*args):
        worker = Thread(target=work, args=args)
        worker.start()
        worker.join()

    function.delay = delay
    return function
"""
ADD = """
from django.contrib.auth.models import User
from django.test import Client

client = Client()
client.force_login(User.objects.create_superuser("root", "r@example.com", "pw"))
assert client.post("/admin/app/book/add/", {"title": "Emma"}).status_code == 302
"""
MISSING = "app.models.Book.DoesNotExist: Book matching query does not exist.\n"
DRAWN = "drawing the cover of Emma\n"
IMPORTS = "from django.db import transaction\nfrom app.models import Book\n"


def said(folder, section, script, **more):
    files = {**example(RULE, section), "celery.py": CELERY, "settings.py": SETTINGS.replace(":memory:", "db"), **more}
    return run_django(folder, files, script).printed


def test_the_admin_saves_in_a_transaction(tmp_path):
    assert said(tmp_path, "Bad", ADD) == MISSING
    assert MISSING.strip() in RULE.documentation()


@pytest.mark.parametrize(("queue", "decorator", "call"), [("dramatiq", "actor", ".send"), ("huey", "task", "")])
def test_another_queue_is_as_quick(tmp_path, queue, decorator, call):
    """Stand-ins for Dramatiq, whose `send` queues at once, and Huey, where calling the task does."""
    stands_in = CELERY.replace("shared_task", decorator).replace("function.delay = delay", "function.send = delay")
    if not call:
        stands_in = stands_in.replace("return function", "return delay")
    files = {
        name: text.replace("celery", queue).replace("shared_task", decorator).replace(".delay", call)
        for name, text in example(RULE, "Bad").items()
    }
    files = {**files, f"{queue}.py": stands_in, "settings.py": SETTINGS.replace(":memory:", "db")}
    assert run_django(tmp_path, files, ADD).printed == MISSING


def test_on_commit_the_row_is_there(tmp_path):
    assert said(tmp_path, "Good", ADD) == DRAWN


@pytest.mark.parametrize(
    "save",
    [
        "Book.objects.get_or_create(title='Emma')",
        "Book.objects.update_or_create(title='Emma')",
        "with transaction.atomic():\n    Book.objects.create(title='Emma')",
    ],
)
def test_so_do_others(tmp_path, save):
    assert said(tmp_path, "Bad", IMPORTS + save) == MISSING


def test_without_a_transaction_the_row_is_there(tmp_path):
    assert said(tmp_path, "Bad", f"{IMPORTS}Book.objects.create(title='Emma')") == DRAWN


def test_with_atomic_requests_each_view_is_one(tmp_path):
    urls = """
from app.models import Book
from django.http import HttpResponse
from django.urls import path

def add(request):
    Book.objects.create(title="Emma")
    return HttpResponse()

urlpatterns = [path("add", add)]
"""
    settings = SETTINGS.replace(":memory:", "db").replace('"NAME"', '"ATOMIC_REQUESTS": True, "NAME"')
    script = 'from django.test import Client\nClient().get("/add")'
    assert said(tmp_path, "Bad", script, **{"urls.py": urls, "settings.py": settings}) == MISSING


def test_what_pre_save_and_m2m_changed_are_sent_in(tmp_path):
    models = """
from django.db import models, transaction
from django.db.models.signals import m2m_changed, pre_save
from django.dispatch import receiver

class Tag(models.Model):
    name = models.CharField(max_length=9)

class Book(models.Model):
    title = models.CharField(max_length=9)
    tags = models.ManyToManyField(Tag)

@receiver(pre_save, sender=Book)
def before(instance, **kwargs):
    print("written", Book.objects.filter(pk=instance.pk, title=instance.title).exists())

@receiver(m2m_changed, sender=Book.tags.through)
def tagged(action, **kwargs):
    print(action, transaction.get_connection().in_atomic_block)
"""
    script = "from app.models import *\nbook = Book.objects.create(title='a')\nbook.tags.add(Tag.objects.create())"
    printed = run_django(tmp_path, {"app/models.py": models}, script).printed
    assert printed == "written False\npre_add True\npost_add True\n"
