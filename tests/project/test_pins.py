"""Which release of a library a project means."""

import pytest

from linter.extract.lock import locked
from linter.facts.files import LockFile, TextFile
from linter.project.requirements.pins import allows, best, is_exact, parse, pin, settles

VERSIONS = ("4.2.30", "5.2.19", "6.0.10", "6.1.3")


@pytest.mark.parametrize(
    ("specifier", "chosen"),
    [
        ("", "6.1.3"),
        ("==5.2.1", "5.2.19"),
        ("==5.2.*", "5.2.19"),
        ("~=6.0", "6.0.10"),
        ("==6.1", "6.1.3"),
        ("==5.1.4", "4.2.30"),
        ("==3.2", "4.2.30"),
        (">=4.2,<5", "4.2.30"),
        (">=4.2,<6.1", "6.0.10"),
        (">=4.2,<=5.2", "5.2.19"),
        (">=5", "6.1.3"),
    ],
)
def test_best(specifier, chosen):
    assert best(VERSIONS, specifier) == chosen


@pytest.mark.parametrize(
    ("path", "text", "found"),
    [
        ("requirements.txt", "celery==5\nDjango==5.2.3  # why\n", "==5.2.3"),
        ("requirements.txt", "django[argon2]>=4.2,<5\n", ">=4.2,<5"),
        ("requirements.txt", "django==5.2.15; python_version >= '3.10'\n", "==5.2.15"),
        ("pyproject.toml", 'dependencies = [\n    "Django>=5.2,<6",\n]\n', ">=5.2,<6"),
        ("pyproject.toml", '[tool.poetry.dependencies]\ndjango = "^5.1"\n', "^5.1"),
        ("Pipfile", 'django = "~=5.0"\n', "~=5.0"),
        ("requirements.txt", "django-filter==2\ndjangorestframework==3\n", ""),
    ],
)
def test_pin(path, text, found):
    assert pin({path: TextFile(text)}, "django").strip() == found


def test_an_exact_pin_before_a_range_and_the_nearest_file_first():
    files = {
        "a/b/requirements.txt": TextFile("django==4.2.1"),
        "requirements.txt": TextFile("django==5.2.1"),
        "base.txt": TextFile("django>=3"),
    }
    assert pin(files, "django") == "==5.2.1"


def test_exactness():
    assert is_exact("==5.2.1")
    assert not is_exact(">=5.2,<6")
    assert parse("5.2.19") == (5, 2, 19)


@pytest.mark.parametrize(
    ("specifier", "allowed"),
    [
        ("", False),
        ("==5.2.1", True),
        ("==5.1.1", False),
        ("==5.2", True),
        ("~=5.0", True),
        ("~=5.1.2", False),
        ("^5.1", True),
        ("^4.1", False),
        (">=4.2,<5", False),
        (">=4.2,<6", True),
        (">=5.2.19", True),
        (">=6", False),
        (">5,!=5.1,<=5.2", True),
    ],
)
def test_allows(specifier, allowed):
    assert allows(specifier, "5.2.19") is allowed


UV = """
version = 1

[[package]]
name = "django"
version = "5.2.1"
source = { registry = "x" }

[[package]]
name = "Django_MPTT"
version = "0.17.0"

[[package]]
name = "numpy"
version = "1.0"

[[package]]
name = "numpy"
version = "2.0"
"""
PIPFILE = '{"_meta": {"a": 1}, "default": {"django": {"version": "==5.2.1", "hashes": []}, "own": {"path": "."}}}'


def test_what_lock_files_say():
    assert locked(UV) == {"django": "5.2.1", "django-mptt": "0.17.0"}
    assert locked(PIPFILE) == {"django": "5.2.1"}
    assert locked("{") == {}
    assert locked("") == {}


def test_a_lock_file_speaks_before_a_range():
    files = {
        "pyproject.toml": TextFile('dependencies = ["django>=4.2", "django-mptt==0.16"]'),
        "deep/uv.lock": LockFile(locked(UV)),
    }
    assert pin(files, "django") == "==5.2.1"
    assert pin(files, "django-mptt") == "==0.17.0"
    assert pin(files, "numpy") == ""


@pytest.mark.parametrize(
    ("specifier", "settled"), [(">=5.2.1", True), (">=4.2", False), (">=4.2,<6", True), ("==5.2", True), ("", False)]
)
def test_settles(specifier, settled):
    assert settles(specifier, "5.2.19") is settled
