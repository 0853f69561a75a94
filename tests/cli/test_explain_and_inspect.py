"""`ormlint rule`, `rules` and `inspect`."""

import json
from pathlib import Path
from typing import Any

import pytest

Run = Any  # the Command of conftest.py

MODELS = """\
from django.db import models

class Author(models.Model):
    name = models.CharField(max_length=30)

class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
"""
SUBJECTS = ("models", "tables", "mappers", "signals", "queries", "templates")


@pytest.fixture
def site(root: Path) -> Path:
    (root / "manage.py").write_text("")
    (root / "shop").mkdir()
    (root / "shop" / "__init__.py").write_text("")
    (root / "shop" / "models.py").write_text(MODELS)
    (root / "shop" / "views.py").write_text("from shop.models import Book\n\nBook.objects.filter(author__name='x')\n")
    return root


def test_a_rules_page_is_markdown_in_a_pipe(ormlint: Run) -> None:
    done = ormlint("rule", "loud-name")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("# loud-name\n\n*error*, group `acme`, can be repaired. Formerly `shouting-name`.\n")
    assert "error[loud-name]: `SAFE_NAME` is loud\n --> app/models.py:1:1\n" in done.stdout


def test_a_rule_is_found_by_its_old_name(ormlint: Run) -> None:
    assert ormlint("rule", "shouting-name").stdout.startswith("# loud-name\n")


def test_a_rules_page_is_rendered_on_a_terminal(ormlint: Run) -> None:
    shown = ormlint.on_a_terminal("rule", "loud-name", TERM="xterm", COLUMNS="80")
    assert "loud-name" in shown
    assert "```" not in shown
    assert "\x1b[" in shown
    assert "\x1b[" not in ormlint.on_a_terminal("rule", "loud-name", TERM="xterm", NO_COLOR="1")


def test_the_list_of_rules(ormlint: Run) -> None:
    lines = ormlint("rules").stdout.splitlines()
    at = lines.index("acme")
    assert lines[at + 1].split(maxsplit=3) == ["loud-name", "error", "fix", "a name in capitals"]


def test_inspect_as_json(site: Path, ormlint: Run) -> None:
    done = ormlint("inspect", "models", ".", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    author, book = json.loads(done.stdout)
    assert (author["label"], author["path"], author["line"]) == ("shop.Author", "shop/models.py", 3)
    assert [field["name"] for field in book["fields"]] == ["id", "author"]
    (query,) = json.loads(ormlint("inspect", "queries", "--format", "json").stdout)
    assert (query["name"], query["model"], query["status"]) == ("author__name", "shop.Book", "valid")


def test_inspect_for_people(site: Path, ormlint: Run) -> None:
    lines = ormlint("inspect", "models").stdout.splitlines()
    assert lines[0] == "shop/models.py:3  shop.Author  class=shop.models.Author db_table=shop_author pk=id"
    assert any(line.startswith("        author  attname=author_id ") for line in lines)
    assert lines[-1] == "2 models"


@pytest.mark.parametrize("what", SUBJECTS)
def test_inspect_a_part(site: Path, ormlint: Run, what: str) -> None:
    done = ormlint("inspect", what, "shop/views.py", "--format", "json")
    assert done.returncode == 0
    assert {row["path"] for row in json.loads(done.stdout)} <= {"shop/views.py"}


@pytest.mark.parametrize("what", SUBJECTS)
def test_inspect_an_empty_project(root: Path, ormlint: Run, what: str) -> None:
    assert json.loads(ormlint("inspect", what, "--format", "json").stdout) == []
    assert ormlint("inspect", what).stdout == f"0 {what}\n"


def test_statistics(site: Path, ormlint: Run) -> None:
    done = ormlint("check", "--statistics")
    assert ", 100 % of lookups and 100 % of foreign keys decided, in " in done.stdout
