"""Equal files give equal output, however Python orders its sets."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from linter.examples import written

LAUNCHER = Path(__file__).resolve().parents[2] / "ormlint.py"
NAMES = ("authors", "editors", "genres", "keywords", "labels", "readers", "shops", "translators")
PROJECT = {
    "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'settings')\n",
    "settings.py": "INSTALLED_APPS = ['app', 'rest_framework']\n",
    "app/__init__.py": "",
    "app/models.py": "from django.db import models\n\n\nclass Thing(models.Model):\n    name = models.CharField(max_length=9)\n\n\n"
    "class Book(models.Model):\n"
    + "".join(f"    {name} = models.ManyToManyField(Thing, related_name='{name}_of')\n" for name in NAMES),
    "app/views.py": f"""from rest_framework import serializers, viewsets
from app.models import Book


class BookSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = {list(reversed(NAMES))}


class Books(viewsets.ModelViewSet):
    queryset = Book.objects.all()
    serializer_class = BookSerializer
""",
}


def test_the_names_in_a_message_stand_in_the_same_order_in_every_run() -> None:
    with written(PROJECT) as root:
        said = {_said(root, seed) for seed in range(6)}
    assert len(said) == 1
    assert all(name in next(iter(said)) for name in NAMES)


def _said(root: Path, seed: int) -> str:
    command = [sys.executable, str(LAUNCHER), "check", "--no-cache", "--jobs", "1", "--format", "json", "--project"]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run([*command, str(root)], env=environment, capture_output=True, text=True, check=False).stdout
