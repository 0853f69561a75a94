"""Which files are found, and what they are taken for."""

import os
from pathlib import Path

import pytest

from linter.discover import discover, find_root, kind_of


def write(root: Path, *paths: str, text: str = "") -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def found(root: Path, **settings: tuple[str, ...]) -> list[str]:
    return sorted(discover(root, **settings).files)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("app/models.py", "python"),
        ("app/templates/x.py", "python"),
        ("page.html", "template"),
        ("app/templates/mail/body.txt", "template"),
        ("app/jinja2/feed.xml", "template"),
        ("docs/body.txt", None),
        ("emails/body.mjml", None),
        ("requirements.txt", "requirements"),
        ("requirements-dev.in", "requirements"),
        ("base_requirements.txt", "requirements"),
        ("requirements/prod.txt", "requirements"),
        ("requirements/notes.md", None),
        ("constraints.txt", "requirements"),
        ("pyproject.toml", "config"),
        ("uv.lock", "lock"),
        ("backend/Pipfile.lock", "lock"),
        ("yarn.lock", None),
        ("migrations/alembic.ini", "config"),
        ("docker-compose.prod.yml", "config"),
        (".env.example", "config"),
        ("image.png", None),
        ("manage.pyc", "bytecode"),
        ("app/fixtures/deep/rows.json", "fixture"),
        ("app/fixtures/rows.csv", None),
    ],
)
def test_kinds(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


def test_a_configured_folder_holds_templates_whatever_they_are_called(tmp_path: Path) -> None:
    write(tmp_path, "emails/body.mjml", "emails/deep/body.weird", "other/body.mjml")
    assert found(tmp_path, template_folders=("emails/",)) == ["emails/body.mjml", "emails/deep/body.weird"]


def test_environments_and_caches_and_templates_for_code_are_skipped(tmp_path: Path) -> None:
    write(tmp_path, "app/a.py", ".venv/b.py", "node_modules/c.py", "app/__pycache__/d.py", "env-of-mine/lib/e.py")
    write(tmp_path, "{{cookiecutter.slug}}/app/g.py", "{% if celery %}tasks{% endif %}/h.py")
    write(tmp_path, "env-of-mine/pyvenv.cfg", "cached/CACHEDIR.TAG", "cached/f.py")
    assert found(tmp_path) == ["app/a.py"]


def test_gitignore_is_respected(tmp_path: Path) -> None:
    write(tmp_path, ".gitignore", text="/build\n*.gen.py\n!keep.gen.py\n# comment.py\n")
    write(tmp_path, "app/.gitignore", text="local.py\n!wanted.gen.py\n")
    write(tmp_path, ".git/info/exclude", text="private.py\n")
    write(tmp_path, "build/a.py", "app/build/b.py", "x.gen.py", "keep.gen.py", "comment.py", "private.py")
    write(tmp_path, "app/local.py", "app/deep/local.py", "app/wanted.gen.py", "local.py", "app/other.gen.py")
    assert found(tmp_path) == ["app/build/b.py", "app/wanted.gen.py", "comment.py", "keep.gen.py", "local.py"]


def test_exclude_of_the_configuration_wins_over_a_gitignore_that_asks_for_the_file(tmp_path: Path) -> None:
    write(tmp_path, ".gitignore", text="!legacy/\n")
    write(tmp_path, "legacy/a.py", "app/a.py")
    assert found(tmp_path, exclude=("legacy",)) == ["app/a.py"]


def test_odd_entries_are_survived(tmp_path: Path) -> None:
    write(tmp_path, "folder.py/inner.py", "real.py")
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "dangling.py").symlink_to("nowhere.py")
    (tmp_path / "loop.py").symlink_to("loop.py")
    (tmp_path / "link.py").symlink_to("real.py")
    (tmp_path / "circle").symlink_to(tmp_path, target_is_directory=True)
    assert found(tmp_path) == ["folder.py/inner.py", "link.py", "real.py"]


def test_a_name_that_is_not_utf8_is_a_problem_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "good.py")
    try:
        (Path(os.fsdecode(os.fsencode(tmp_path) + b"/b\xff.py"))).write_text("")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    tree = discover(tmp_path)
    assert sorted(tree.files) == ["good.py"]
    assert [message for _, message in tree.problems] == ["the name of the file is not UTF-8"]


def test_a_tree_is_refreshed_without_a_search_only_while_no_file_can_have_come(tmp_path: Path) -> None:
    write(tmp_path, "app/a.py", ".gitignore")
    tree = discover(tmp_path)
    assert tree.refreshed(tmp_path, lambda stat: True) == tree

    (tmp_path / "app/a.py").write_text("x = 1")
    refreshed = tree.refreshed(tmp_path, lambda stat: True)
    assert refreshed is not None
    assert refreshed.files["app/a.py"] != tree.files["app/a.py"]
    assert tree.refreshed(tmp_path, lambda stat: False) is None

    (tmp_path / ".gitignore").write_text("a.py")
    assert tree.refreshed(tmp_path, lambda stat: True) is None
    tree = discover(tmp_path)
    write(tmp_path, "app/b.py")
    assert tree.refreshed(tmp_path, lambda stat: True) is None


# --- the root ---


def test_one_checkout_is_one_index(tmp_path: Path) -> None:
    write(tmp_path, ".git/HEAD", "one/manage.py", "one/app/models.py", "two/pyproject.toml", "two/pkg/a.py")
    assert find_root([tmp_path / "one/app/models.py"]) == tmp_path
    assert find_root([tmp_path / "one/app", tmp_path / "two/pkg/a.py"]) == tmp_path


def test_a_configuration_makes_a_root_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, ".git/HEAD", "manage.py", "service/app/a.py")
    write(tmp_path, "service/pyproject.toml", text="[tool.ormlint]\n")
    assert find_root([tmp_path / "service/app/a.py"]) == tmp_path / "service"
    write(tmp_path, "service/app/ormlint.toml")
    assert find_root([tmp_path / "service/app/a.py"]) == tmp_path / "service/app"


def test_without_a_checkout_the_outermost_marker_counts(tmp_path: Path) -> None:
    write(tmp_path, "work/pyproject.toml", "work/src/manage.py", "work/src/app/a.py", "plain/a.py")
    assert find_root([tmp_path / "work/src/app/a.py"]) == tmp_path / "work"
    assert find_root([tmp_path / "plain/a.py"]) == tmp_path / "plain"


def test_the_home_folder_is_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    write(tmp_path, "pyproject.toml", "scripts/a.py")
    assert find_root([tmp_path / "scripts/a.py"]) == tmp_path / "scripts"
