"""Whatever lies in a project: no traceback, the other files are linted, and the exit status is right."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.config import Config
from linter.discover import kind_of
from linter.extract import facts_of
from linter.facts.files import PythonFile, TemplateFile, TextFile, UnreadFile
from linter.registry import Selection, entries
from linter.run import Options, Result, run

HOME = Path(__file__).parent.parent.parent

# Found whatever else there is: a comment that suppresses nothing known.
SENTINEL = "x = 1  # ormlint: ignore[no-such-check] here\n"

NASTY = {
    "invalid_utf8.py": b"x = '\xff\xfe\xfa'\n",
    "utf16.py": "x = 1\n".encode("utf-16"),
    "utf16_be.py": b"\xfe\xff" + "x = 1\n".encode("utf-16-be"),
    "utf32.py": "x = 1\n".encode("utf-32"),
    "nul.py": b"x = 1\0\ny = 2\n",
    "late_nul.py": b"x = 1\n" * 2000 + b"\0\n",
    "bom.py": b"\xef\xbb\xbfx = 1\n",
    "bom_and_latin.py": b"\xef\xbb\xbf# -*- coding: latin-1 -*-\nx = 1\n",
    "crlf.py": b"class A:\r\n    def f(self):\r\n        return 1\r\n",
    "cr.py": b"class A:\r    def f(self):\r        return 1\r",
    "form_feed.py": b"\x0cclass A:\n\x0c    pass\n\x0c\n",
    "line_separators.py": "x = 'a\u2028b\u2029c\x85d\x1ce'\n".encode(),
    "unknown_coding.py": b"# coding: klingon\nx = 1\n",
    "latin.py": b"# coding: latin-1\nx = '\xe9'\n",
    "empty.py": b"",
    "only_newline.py": b"\n",
    "no_newline.py": b"x = 1",
    "surrogates.py": b"x = '\xed\xa0\x80'\n",
    "python2.py": b"print 'x'\nexec 'y' in z\nraise E, 'm'\n",
    "newer.py": b"type X[T: int] = list[T]\ndef f[T](a: T) -> T: ...\nmatch x:\n    case [1, *_] if y: pass\nx = t'{a!r}'\n",
    "deep_parens.py": b"x = " + b"(" * 10_000 + b"1" + b")" * 10_000 + b"\n",
    "deep_lists.py": b"x = " + b"[" * 10_000 + b"]" * 10_000 + b"\n",
    "deep_open.py": b"x = " + b"{[(" * 4_000,
    "deep_attributes.py": b"x = a" + b".b" * 10_000 + b"\n",
    "deep_calls.py": b"x = a" + b".b()" * 10_000 + b"\n",
    "deep_subscripts.py": b"x = a" + b"[0]" * 10_000 + b"\n",
    "deep_unary.py": b"x = " + b"-" * 10_000 + b"1\n",
    "deep_not.py": b"x = " + b"not " * 10_000 + b"1\n",
    "deep_lambda.py": b"x = " + b"lambda: " * 5_000 + b"1\n",
    "deep_conditional.py": b"x = " + b"1 if a else " * 5_000 + b"1\n",
    "deep_await.py": b"x = " + b"await " * 10_000 + b"y\n",
    "deep_power.py": b"x = " + b"2 ** " * 10_000 + b"1\n",
    "long_sum.py": b"x = " + b" + ".join([b"'a'"] * 20_000) + b"\n",
    "long_and.py": b"x = " + b" and ".join([b"a"] * 20_000) + b"\n",
    "long_comparison.py": b"x = " + b" < ".join([b"a"] * 20_000) + b"\n",
    "long_elif.py": b"if a:\n    pass\n" + b"elif a:\n    pass\n" * 5_000,
    "long_targets.py": b"a = " * 5_000 + b"1\n",
    "deep_blocks.py": b"".join(b" " * n + b"if a:\n" for n in range(2_000)) + b" " * 2_000 + b"pass\n",
    "deep_classes.py": b"".join(b" " * n + b"class A:\n" for n in range(1_000)) + b" " * 1_000 + b"pass\n",
    "deep_functions.py": b"".join(b" " * n + b"def f():\n" for n in range(1_000)) + b" " * 1_000 + b"pass\n",
    "many_decorators.py": b"@a\n" * 5_000 + b"def f(): pass\n",
    "concatenated.py": b"x = (" + b"'a' " * 20_000 + b")\n",
    "deep_fstring.py": b"x = " + b"f'{" * 200 + b"a" + b"}'" * 200 + b"\n",
    "huge_number.py": b"x = " + b"9" * 100_000 + b"\ny = 1e999\nz = 0x" + b"f" * 50_000 + b"\n",
    "own_base.py": b"class A(A): pass\nclass B(C): pass\nclass C(B): pass\n",
    "imports_itself.py": b"from imports_itself import *\nfrom imports_itself import a as b, b as a\n",
    "deep.html": b"{% if a %}" * 5_000,
    "deep_for.html": b"{% for a in b %}" * 3_000 + b"{{ a.b }}" + b"{% endfor %}" * 3_000,
    "deep_expression.html": b"{{ " + b"(" * 5_000 + b"a" + b")" * 5_000 + b" }}",
    "long_path.html": b"{{ a" + b".b" * 10_000 + b" }}",
    "many_filters.html": b"{{ a" + b"|b" * 10_000 + b" }}",
    "open.html": b"{{ a.b {% if x {# c",
    "invalid.html": b"\xff\xfe{{ a }}",
    "nul.html": b"{{ a }}\0",
    "itself.html": b"{% extends 'itself.html' %}{% include 'itself.html' %}",
    "requirements.txt": b"\xff\xfe\0\0==\n-r requirements.txt\n",
    "requirements-loop.txt": b"-r requirements-loop.txt\n-c ../../../../etc/passwd\nname==\n@@@\n",
    "alembic.ini": b"[alembic\nsqlalchemy.url = %(here)s%%\n\xff",
    "nested/pyproject.toml": b"[project\nx = ",
    "setup.cfg": b"\0\0",
}  # fmt: skip


def lint(root: Path, **more: object) -> Result:
    return run(Options(root, Config(root), Selection(tuple(entries())), jobs=1, **more))  # type: ignore[arg-type]


def command(root: Path, *arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "ormlint", "check", str(root), "--format", "concise", *arguments]
    return subprocess.run(line, cwd=HOME, capture_output=True, text=True, **more)  # type: ignore[call-overload, no-any-return]


def write(root: Path, files: dict[str, bytes]) -> None:
    for path, raw in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(raw)


def found_sentinel(result: Result) -> bool:
    return [f.path for f in result.findings if f.rule == "unknown-suppression"] == ["sentinel.py"]


def internal(result: Result) -> list[str]:
    return [f"{p.path}: {p.message}" for p in result.problems if p.internal]


@pytest.mark.parametrize("name", NASTY)
def test_one_nasty_file_costs_nobody_else(tmp_path: Path, name: str) -> None:
    write(tmp_path, {name: NASTY[name], "sentinel.py": SENTINEL.encode(), "manage.py": b""})
    started = time.perf_counter()
    result = lint(tmp_path)
    assert internal(result) == []
    assert found_sentinel(result)
    assert time.perf_counter() - started < 5


def test_all_of_them_at_once_through_the_command(tmp_path: Path) -> None:
    write(tmp_path, {**NASTY, "sentinel.py": SENTINEL.encode(), "manage.py": b""})
    for _ in range(2):  # cold, then from the cache
        done = command(tmp_path)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr + done.stdout
        assert "sentinel.py:1" in done.stdout
        assert "is UTF-16" in done.stderr
        assert "is not utf-8 text (byte 5)" in done.stderr


def test_large_files_of_one_line_are_read_in_bearable_time(tmp_path: Path) -> None:
    five_megabytes = 5 * 1024 * 1024
    write(tmp_path, {
        "text.html": b"x" * five_megabytes,
        "numbers.py": b"x = [" + b"1," * (five_megabytes // 2) + b"]\n",
        "calls.py": b"x = [" + b"f(a)," * (five_megabytes // 5) + b"]\n",
        "text.py": b"x = '" + b"a" * five_megabytes + b"'\n",
        "statements.py": b"x = 1;" * (five_megabytes // 6) + b"\n",
        "page.html": b"<p>" * (five_megabytes // 3),
        "sentinel.py": SENTINEL.encode(),
    })  # fmt: skip
    started = time.perf_counter()
    result = lint(tmp_path)
    assert sorted(p.path for p in result.problems) == ["calls.py", "numbers.py", "statements.py"]
    assert {p.message for p in result.problems} == {"is data, not source: too large to be parsed"}
    assert found_sentinel(result)
    assert time.perf_counter() - started < 10


def test_what_is_too_large_to_be_source_is_said_to_be(tmp_path: Path) -> None:
    write(tmp_path, {"huge.py": b"#" * (17 * 1024 * 1024), "sentinel.py": SENTINEL.encode()})
    result = lint(tmp_path)
    assert [(p.path, p.message) for p in result.problems] == [("huge.py", "larger than 16 MiB")]
    assert found_sentinel(result)


SAMPLE = '''\
"""Doc."""
from django.db import models
from . import other as o

class Thing(models.Model, metaclass=Meta):
    name = models.CharField("näme", max_length=10, **options)
    def __str__(self) -> str:
        return f"{self.name!r:>{width}} {{x}}" if self.name else ''

@receiver(post_save, sender="app.Thing")
async def made(sender, /, instance, *args, created=False, **kw):
    async with lock as l, other():
        for a, (b, *c) in [x async for x in y if x]:
            Thing.objects.filter(name__in=[a, b]).exclude(pk=1)[:3]
    try:
        match instance:
            case Point(x=0) | {"k": [1, *_]}: raise Error from e
    except* (A, B) as g:
        lambda x, *y: (yield)
    else:
        del a; assert x, "é"; global z
'''


def test_code_is_read_at_every_byte_of_being_typed() -> None:
    raw = SAMPLE.encode()
    assert isinstance(facts_of("a.py", "python", raw), PythonFile)
    for end in range(len(raw)):
        assert isinstance(facts_of("a.py", "python", raw[:end]), (PythonFile, UnreadFile))


def test_half_typed_code_is_linted_at_every_line(tmp_path: Path) -> None:
    write(tmp_path, {"sentinel.py": SENTINEL.encode(), "manage.py": b""})
    raw = SAMPLE.encode()
    for end in range(0, len(raw), 23):
        result = lint(tmp_path, overlay={"models.py": raw[:end]})
        assert internal(result) == []
        assert found_sentinel(result)


TEMPLATE = "{% extends 'a.html' %}{% load x %}{% for a, b in c.d.all %}{% if not a.b|f:'é' and b %}{{ a.b.c|d:e }}{% endif %}{% empty %}{# x #}{% endfor %}{% include 'x' with a=b only %}{%- set x = y(1)[2] -%}{% block z %}<< x >>{% endblock %}"


def test_templates_are_read_at_every_byte_of_being_typed() -> None:
    raw = TEMPLATE.encode()
    for end in range(len(raw) + 1):
        assert isinstance(facts_of("a.html", "template", raw[:end]), (TemplateFile, UnreadFile))


# Pieces that mean something to a parser, put together without sense.
PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "class",
                "def",
                "(",
                ")",
                "[",
                "]",
                "{",
                "}",
                ":",
                ",",
                ".",
                "=",
                "==",
                "*",
                "**",
                "@",
                "->",
                "'",
                '"',
                "'''",
                "f'",
                "b'",
                "\\",
                "\n",
                "\r\n",
                "\t",
                "if",
                "else",
                "for",
                "in",
                "not",
                "and",
                "lambda",
                "yield",
                "await",
                "import",
                "from",
                "as",
                "models.Model",
                "objects.filter",
                "self",
                "{{",
                "}}",
                "{%",
                "%}",
                "{#",
                "#}",
                "|",
                "%",
                "#",
                "é",
                "\u2028",
                "\x0c",
                "\x00",
                "0x",
                "1e9",
                "try:",
                "except:",
                "with:",
                "match",
                "case",
            ]
        ),
        st.text(max_size=3),
    ),
    max_size=60,
)


@settings(max_examples=300, deadline=None)
@given(PIECES, st.sampled_from(["a.py", "templates/a.html", "templates/a.txt", "requirements.txt", "alembic.ini"]))
def test_any_text_gives_facts(pieces: list[str], path: str) -> None:
    kind = kind_of(path)
    assert kind is not None
    raw = " ".join(pieces).encode("utf-8", "surrogatepass")
    assert isinstance(facts_of(path, kind, raw), (PythonFile, TemplateFile, TextFile, UnreadFile))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.py", "a.html", "requirements.txt", "pyproject.toml"]))
def test_any_bytes_give_facts(raw: bytes, path: str) -> None:
    kind = kind_of(path)
    assert kind is not None
    assert isinstance(facts_of(path, kind, raw), (PythonFile, TemplateFile, TextFile, UnreadFile))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(
        st.sampled_from(["models.py", "app/models.py", "t/a.html", "requirements.txt", "alembic.ini"]), PIECES
    )
)
def test_a_project_of_nonsense_is_linted(tmp_path_factory: pytest.TempPathFactory, files: dict[str, list[str]]) -> None:
    root = tmp_path_factory.mktemp("nonsense")
    write(root, {path: " ".join(pieces).encode("utf-8", "replace") for path, pieces in files.items()})
    write(root, {"sentinel.py": SENTINEL.encode(), "manage.py": b""})
    result = lint(root)
    assert internal(result) == []
    assert "sentinel.py" in [f.path for f in result.findings]


# --- files that are not what they seem -----------------------------------------------------------------------------------


def test_unreadable_files_and_folders(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    write(tmp_path, {"a.py": b"x = 1\n", "sub/b.py": b"y = 1\n", "sentinel.py": SENTINEL.encode()})
    (tmp_path / "a.py").chmod(0)
    (tmp_path / "sub").chmod(0)
    try:
        result = lint(tmp_path)
    finally:
        (tmp_path / "sub").chmod(0o755)
    assert sorted(p.path for p in result.problems) == ["a.py", "sub"]
    assert all("Permission denied" in p.message and not p.internal for p in result.problems)
    assert found_sentinel(result)


def test_a_file_that_cannot_be_opened_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a run without rights on a file sees, whoever runs this test."""
    write(tmp_path, {"secret.py": b"x = 1\n", "sentinel.py": SENTINEL.encode()})
    from linter import reading

    def refuse(file: str) -> bytes:
        if file.endswith("secret.py"):
            raise PermissionError(13, "Permission denied")
        return Path(file).read_bytes()

    with monkeypatch.context() as patch:
        patch.setattr(reading, "_bytes", refuse)
        for _ in range(2):
            result = lint(tmp_path, cache_dir=tmp_path / ".ormlint_cache")
            assert [(p.path, p.message) for p in result.problems] == [
                ("secret.py", "cannot be read: Permission denied")
            ]
            assert found_sentinel(result)
    assert lint(tmp_path, cache_dir=tmp_path / ".ormlint_cache").problems == []


def test_files_that_vanish_after_they_were_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"gone.py": b"x = 1\n", "gone/too.py": b"x = 1\n", "sentinel.py": SENTINEL.encode()})
    from linter import run as runner

    listed = runner.discover

    def discover_then_remove(*arguments: object) -> object:
        tree = listed(*arguments)  # type: ignore[arg-type]
        assert "gone.py" in tree.files
        (tmp_path / "gone.py").unlink()
        (tmp_path / "gone/too.py").unlink()
        (tmp_path / "gone").rmdir()
        return tree

    monkeypatch.setattr(runner, "discover", discover_then_remove)
    result = lint(tmp_path)
    assert result.problems == []
    assert found_sentinel(result)


def test_a_file_that_changes_while_it_is_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.py": SENTINEL.encode() * 50, "b.py": SENTINEL.encode(), "sentinel.py": SENTINEL.encode()})
    from linter import judging

    judged = judging.judge_all

    def shrink_then_judge(*arguments: object) -> object:
        (tmp_path / "a.py").write_bytes(b"\xff")
        (tmp_path / "b.py").unlink()
        return judged(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(judging, "judge_all", shrink_then_judge)
        result = lint(tmp_path, cache_dir=tmp_path / ".ormlint_cache")
    assert [(p.path, p.message, p.internal) for p in result.problems] == [
        ("a.py", "a.py changed while it was judged", False),
        ("b.py", "b.py is gone since it was read", False),
    ]
    assert found_sentinel(result)
    result = lint(tmp_path, cache_dir=tmp_path / ".ormlint_cache")
    assert [p.path for p in result.problems] == ["a.py"]
    assert found_sentinel(result)


def test_odd_entries_of_the_file_system(tmp_path: Path) -> None:
    write(tmp_path, {"folder.py/inner.py": b"x = 1\n", "sentinel.py": SENTINEL.encode(), "t.html/x.html": b"{{ a }}"})
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self.py").symlink_to("self.py")
    (tmp_path / "gone.py").symlink_to("nowhere")
    done = command(tmp_path, "--no-cache", timeout=60)
    assert (done.returncode, done.stderr) == (1, "")
    assert "sentinel.py:1" in done.stdout
    assert "2 Python files and 1 template" in done.stdout


def test_exit_status_when_all_is_well_but_one_file_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, {"good.py": b"x = 1\n", "bad.py": b"\xff\n"})
    done = command(tmp_path, "--no-cache")
    assert done.returncode == 0
    assert done.stdout.startswith("no findings")
    assert "bad.py: is not utf-8 text" in done.stderr


def test_requirements_that_cannot_be_read_fail_no_check(tmp_path: Path) -> None:
    """Whether a requirement is called like an app is asked of all files that requirements may stand in."""
    write(
        tmp_path,
        {
            "requirements.txt": b"django==5.2\n",
            "setup.cfg": b"[metadata]\nauthor = \xe9\n",
            "settings.py": b"INSTALLED_APPS = ['shop', 'nobody_knows']\n",
            "manage.py": b"",
            "shop/__init__.py": b"",
            "shop/models.py": b"from django.db import models\nclass Item(models.Model):\n    name = models.TextField()\n",
            "shop/code.py": b"from shop.models import Item\nItem.objects.filter(nme=1)\n",
        },
    )
    done = command(tmp_path, "--no-cache")
    assert "setup.cfg: is not utf-8 text" in done.stderr
    assert "failed" not in done.stderr
    assert done.returncode in (0, 1)


def test_a_cache_that_cannot_be_written_is_one_line_on_stderr(tmp_path: Path) -> None:
    write(tmp_path, {"sentinel.py": SENTINEL.encode()})
    (tmp_path / "in-the-way").write_text("a file")
    done = command(tmp_path, "--cache-dir", str(tmp_path / "in-the-way/cache"))
    assert done.returncode == 1
    assert "sentinel.py:1" in done.stdout
    assert done.stderr.count("\n") == 1
    assert "the cache cannot be written" in done.stderr


# --- nothing is run ------------------------------------------------------------------------------------------------------


def test_nothing_of_a_project_is_ever_run(tmp_path: Path) -> None:
    trap = "import pathlib\npathlib.Path({marker!r}).touch()\n"
    marker = str(tmp_path / "it-ran")
    names = [
        "manage.py", "settings.py", "conftest.py", "sitecustomize.py", "usercustomize.py", "setup.py", "checks.py", "linter.py",
        "msgspec.py", "click.py", "django.py", "app/__init__.py", "app/models.py", "app/migrations/0001_initial.py",
        "app/templatetags/tags.py", "alembic/env.py", "ormlint.py", "json.py",
    ]  # fmt: skip
    write(tmp_path, {name: trap.format(marker=marker).encode() for name in names})
    write(tmp_path, {
        "requirements.txt": b"-e .\n--index-url file:///tmp\n",
        "app/templates/a.html": b"{% load tags %}{{ x }}",
        "pyproject.toml": b"[tool.ormlint]\n",
        ".venv/lib/python3.11/site-packages/evil.pth": trap.format(marker=marker).replace("\n", ";").encode(),
        "sentinel.py": SENTINEL.encode(),
    })  # fmt: skip
    done = subprocess.run(
        [sys.executable, str(HOME / "ormlint.py"), "check", ".", "--format", "concise"],
        cwd=tmp_path, capture_output=True, text=True, env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert "sentinel.py:1" in done.stdout
    assert not (tmp_path / "it-ran").exists()
