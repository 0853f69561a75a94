"""What unknown-historical-field says is what Django says when the migration runs."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.django_runner import run_django

RULE = registry.load("unknown-historical-field")

MIGRATE = """
from django.core.management import call_command

call_command("migrate", verbosity=0)
"""
MODELS = """
from django.db import models


class ArticleManager(models.Manager):
    def published(self):
        return self.filter(is_published=True)


class Article(models.Model):
    title = models.CharField(max_length=100)
    is_published = models.BooleanField(default=False)

    objects = ArticleManager()

    def publish(self):
        self.is_published = True
"""


def migrated(folder, files):
    files = {"app/migrations/__init__.py": "", **files}
    return run_django(folder, files, MIGRATE, tables=False)


def with_code(code):
    files = dict(example(RULE, "Good"))
    path = "app/migrations/0002_article_status.py"
    line = 'Article.objects.filter(is_published=True).update(status="published")'
    assert line in files[path]
    files[path] = files[path].replace(line, code)
    return {**files, "app/models.py": MODELS}


def test_the_bad_example_fails(tmp_path):
    assert migrated(tmp_path, example(RULE, "Bad")).raised == (
        "django.core.exceptions.FieldError: Cannot resolve keyword 'published' into field. "
        "Choices are: id, is_published, status, title"
    )


def test_the_good_example_does_not(tmp_path):
    assert migrated(tmp_path, example(RULE, "Good")).raised == ""


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ('Article.objects.filter(state="x")', "FieldError: Cannot resolve keyword 'state' into field. Choices are: "),
        ('Article.objects.order_by("state")', "FieldError: Cannot resolve keyword 'state' into field. Choices are: "),
        ('Article(state="x")', "TypeError: Article() got unexpected keyword arguments: 'state'"),
        ('Article().save(update_fields=["state"])', "ValueError: The following fields do not exist in this model"),
        ('list(Article.objects.only("state"))', "FieldDoesNotExist: Article has no field named 'state'"),
        (
            'str(Article.objects.select_related("state").query)',
            "FieldError: Invalid field name(s) given in select_related: 'state'.",
        ),
        (
            'Article.objects.create(); list(Article.objects.prefetch_related("state"))',
            "AttributeError: Cannot find 'state' on Article object, 'state' is an invalid parameter to prefetch_related()",
        ),
        ("Article().publish()", "AttributeError: 'Article' object has no attribute 'publish'"),
        ("Article.publish", "AttributeError: type object 'Article' has no attribute 'publish'"),
        ("Article.objects.published()", "AttributeError: 'Manager' object has no attribute 'published'"),
    ],
)
def test_what_is_reported_fails(tmp_path, code, error):
    assert error in migrated(tmp_path, with_code(code)).raised


@pytest.mark.parametrize(
    "code",
    [
        'Article.objects.filter(title="x").values("is_published")',
        "Article.objects.create().save()",
        "Article._meta.label, Article.DoesNotExist, Article._default_manager, Article._base_manager",
        "Article().get_title_display if False else Article().pk",
    ],
)
def test_what_is_let_through_does_not_fail(tmp_path, code):
    assert migrated(tmp_path, with_code(code)).raised == ""


def test_managers_are_there_that_migrations_name(tmp_path):
    files = with_code("Article.objects.published()")
    initial = files["app/migrations/0001_initial.py"]
    files["app/migrations/0001_initial.py"] = "import app.models\n" + initial.replace(
        "        ),\n    ]\n", '            managers=[("objects", app.models.ArticleManager())],\n        ),\n    ]\n'
    )
    assert migrated(tmp_path, files).raised == ""
