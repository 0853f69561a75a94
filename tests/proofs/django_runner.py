"""Run a script in a tiny Django project that a test writes, in a process of its own, and say what it printed and raised."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

SETTINGS = """
INSTALLED_APPS = [
    "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.messages",
    "django.contrib.sessions", "app",
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SECRET_KEY = "only for this test"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
ROOT_URLCONF = "urls"
ALLOWED_HOSTS = ["testserver"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
"""
URLS = """
from django.contrib import admin
from django.urls import path

urlpatterns = [path("admin/", admin.site.urls)]
"""
START = """
import os

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django

django.setup()
"""
TABLES = """
from django.core.management import call_command

call_command("migrate", run_syncdb=True, verbosity=0)
"""


class Said(NamedTuple):
    """`raised`: the last line of a traceback, "" where there was none."""

    printed: str
    raised: str


def run_django(folder: Path, files: Mapping[str, str], script: str, tables: bool = True, before: str = "") -> Said:
    """`files` are the project's, an app called `app` among them; `tables`: make every table before the script runs;
    `before`: what runs before Django is set up."""
    everything = {"settings.py": SETTINGS, "urls.py": URLS, "app/__init__.py": "", **files}
    for path, text in everything.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    (folder / "script.py").write_text(before + START + (TABLES if tables else "") + script, encoding="utf-8")
    # No bytecode: a test runs several texts in one folder, and one of the same size and second passes for the other.
    done = subprocess.run([sys.executable, "-B", "script.py"], cwd=folder, capture_output=True, text=True, timeout=120)
    raised = done.stderr.strip().splitlines()[-1] if done.returncode else ""
    return Said(done.stdout, raised)
