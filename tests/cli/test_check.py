"""`ormlint check`: what it prints, and how it ends."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

Run = Any  # the Command of conftest.py

TEXT = """\
error[loud-name]: `PLAIN` is loud
 --> a.py:3:1
  |
1 | import os
2 |
3 | PLAIN = 1
  | ^^^^^
  = a.py:3:1: it is heard here
  = at run time: OSError: too loud
  = help: speak softly

1 error in 1 file. 1 Python file and 0 templates read in """


@pytest.fixture
def loud(root: Path) -> Path:
    (root / "a.py").write_text("import os\n\nPLAIN = 1\n")
    return root


def test_nothing_found(root: Path, ormlint: Run) -> None:
    (root / "a.py").write_text("x = 1\n")
    done = ormlint("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("no findings. 1 Python file and 0 templates read in ")


def test_a_finding_as_text(loud: Path, ormlint: Run) -> None:
    done = ormlint("check")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith(TEXT)


def test_paths_are_those_of_the_current_folder(loud: Path, ormlint: Run) -> None:
    (loud / "app").mkdir()
    assert " --> ../a.py:3:1\n" in ormlint("check", "..", cwd=loud / "app").stdout


def test_paths_say_where_findings_are_reported(loud: Path, ormlint: Run) -> None:
    (loud / "b.py").write_text("PLAIN_B = 1\n")
    done = ormlint("check", "b.py")
    assert "b.py:1:1" in done.stdout
    assert "a.py" not in done.stdout
    assert "2 Python files" in done.stdout


SITE = {
    "manage.py": "",
    "shop/__init__.py": "",
    "shop/models.py": "from django.db import models\n\n\nclass Book(models.Model):\n    title = models.TextField()\n",
    "shop/views.py": (
        "from django.shortcuts import render\n\nfrom shop.models import Book\n\n\n"
        'def show(request):\n    return render(request, "shop/book.html", {"book": Book.objects.get(pk=1)})\n'
    ),
    "shop/templates/shop/book.html": "<h1>{{ book.name }}</h1>\n",
}


def test_a_model_is_given_and_a_template_is_what_breaks(root: Path, ormlint: Run) -> None:
    for path, text in SITE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    given = ("check", "-q", "--format", "concise", "shop/models.py")
    assert ormlint(*given).returncode == 0
    done = ormlint(*given, "--affected")
    assert done.returncode == 1
    assert done.stdout.startswith("shop/templates/shop/book.html:1:8: error[unknown-template-field] ")


def test_concise(loud: Path, ormlint: Run) -> None:
    done = ormlint("check", "--format", "concise", "--quiet")
    assert done.stdout == "a.py:3:1: error[loud-name] `PLAIN` is loud\n"


def test_exit_zero(loud: Path, ormlint: Run) -> None:
    assert ormlint("check", "--exit-zero").returncode == 0


def test_a_report_in_a_file(loud: Path, ormlint: Run) -> None:
    done = ormlint("check", "--format", "json", "--output", "report.json")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert [row["rule"] for row in json.loads((loud / "report.json").read_text())] == ["loud-name"]


def test_an_unsaved_buffer(loud: Path, ormlint: Run) -> None:
    done = ormlint("check", "--format", "json", "--stdin-filename", "a.py", "-", input="\n\n\nPLAIN_NEW = 1\n")
    assert [(row["line"], row["message"]) for row in json.loads(done.stdout)] == [(4, "`PLAIN_NEW` is loud")]


def test_the_buffer_of_a_file_that_is_not_saved_yet(loud: Path, ormlint: Run) -> None:
    done = ormlint("check", "-q", "--format", "concise", "--stdin-filename", "new.py", "-", input="PLAIN = 1\n")
    assert done.stdout == "new.py:1:1: error[loud-name] `PLAIN` is loud\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "-"], "`-` and --stdin-filename belong together"),
        (["check", "--stdin-filename", "a.py"], "`-` and --stdin-filename belong together"),
        (["check", "nowhere.py"], "nowhere.py: there is no such file or folder"),
        (["check", "--project", "nowhere"], "nowhere"),
        (["check", "--project", ".", ".."], "lies outside of the project"),
        (["check", "--select", "loud-nam"], "no check or group `loud-nam`; did you mean `loud-name`?"),
        (["check", "--ignore", "acne"], "no check or group `acne`; did you mean `acme`?"),
        (["check", "--unsafe-fixes"], "--unsafe-fixes goes with --fix or --diff"),
        (["check", "--stdin-filename", "a.py", "-", "--fix"], "use --diff"),
        (["check", "--format", "xml"], "xml"),
        (["rule", "loud-nam"], "did you mean `loud-name`?"),
        (["inspect", "modles"], "modles"),
        (["chek"], "chek"),
    ],
)
def test_wrong_usage(loud: Path, ormlint: Run, arguments: list[str], message: str) -> None:
    done = ormlint(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_output_that_cannot_be_written(loud: Path, ormlint: Run) -> None:
    done = ormlint("check", "--output", "no/such/folder/report.txt")
    assert done.returncode == 2
    assert "no/such/folder/report.txt: No such file or directory" in done.stderr


def test_a_check_that_fails_costs_one_line_and_nothing_else(loud: Path, ormlint: Run) -> None:
    (loud / "b.py").write_text("CRASH = 1\n")
    done = ormlint("check", "-q", "--format", "concise")
    assert done.returncode == 2
    assert done.stdout == "a.py:3:1: error[loud-name] `PLAIN` is loud\n"
    assert done.stderr.splitlines() == ["ormlint: b.py: `loud-name` failed: ValueError: this one is too loud"]


def test_the_same_trouble_is_said_once(loud: Path, ormlint: Run) -> None:
    for name in ("b", "c", "d"):
        (loud / f"{name}.py").write_bytes(b"x = '\xff'\n")
    assert ormlint("check").stderr == "ormlint: b.py and 2 other files: is not utf-8 text (byte 5)\n"


def test_a_file_that_is_no_text_is_named_and_the_others_are_read(loud: Path, ormlint: Run) -> None:
    (loud / "b.py").write_bytes(b"x = '\xff'\n")
    done = ormlint("check", "-q", "--format", "concise")
    assert (done.returncode, done.stdout.count("\n")) == (1, 1)
    assert done.stderr == "ormlint: b.py: is not utf-8 text (byte 5)\n"


def test_a_file_name_cannot_steer_the_terminal(loud: Path, ormlint: Run) -> None:
    (loud / "b\x1b[31m.py").write_bytes(b"x = '\xff'\n")
    assert ormlint("check").stderr == "ormlint: b␛[31m.py: is not utf-8 text (byte 5)\n"


def test_a_reader_that_goes_away(loud: Path, ormlint: Run) -> None:
    (loud / "a.py").write_text("".join(f"PLAIN_{n} = 1\n" for n in range(5000)))
    reading, writing = os.pipe()
    os.close(reading)
    script = "import os, sys; os.dup2(int(sys.argv.pop(1)), 1); import ormlint; ormlint.main()"
    done = subprocess.run(
        [*ormlint.python, "-c", script, str(writing), "check"],
        cwd=loud, env=ormlint.environment, pass_fds=[writing], capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize(
    ("arguments", "environment", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--color", "never"], {}, False),
    ],
)
def test_colors_in_a_pipe(
    loud: Path, ormlint: Run, arguments: list[str], environment: dict[str, str], colored: bool
) -> None:
    assert ("\x1b[" in ormlint("check", *arguments, **environment).stdout) == colored


@pytest.mark.parametrize(
    ("environment", "colored"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colors_on_a_terminal(loud: Path, ormlint: Run, environment: dict[str, str], colored: bool) -> None:
    shown = ormlint.on_a_terminal("check", **{"TERM": "xterm", **environment})
    assert "`PLAIN` is loud" in shown
    assert ("\x1b[" in shown) == colored


def test_an_output_that_cannot_hold_every_character(loud: Path, ormlint: Run) -> None:
    (loud / "a.py").write_text("PLAIN = '日本'\n", encoding="utf-8")
    done = ormlint("check", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "1 | PLAIN = '\\u65e5\\u672c'" in done.stdout


def test_select_and_ignore(loud: Path, ormlint: Run) -> None:
    assert ormlint("check", "--ignore", "acme").returncode == 0
    assert ormlint("check", "--select", "suppressions").returncode == 0
    assert ormlint("check", "--select", "suppressions", "--extend-select", "acme").returncode == 1
    assert ormlint("check", "--select", "shouting-name").returncode == 1  # its name in an older version
    assert ormlint("check", "--select", "acme", "--ignore", "loud-name").returncode == 0


def test_configuration(loud: Path, ormlint: Run) -> None:
    (loud / "ormlint.toml").write_text('[per-file-ignores]\n"a.py" = ["loud-name"]\n')
    assert ormlint("check").returncode == 0
    (loud / "ormlint.toml").write_text('ignore = ["acme"]\n')
    assert ormlint("check").returncode == 0
    assert ormlint("check", "--select", "loud-name").returncode == 1
    (loud / "ormlint.toml").write_text('exclude = ["a.py"]\n')
    assert ormlint("check").returncode == 0
    assert ormlint("check", "a.py").returncode == 0  # as pre-commit hands it over


def test_a_wrong_configuration(loud: Path, ormlint: Run) -> None:
    (loud / "ormlint.toml").write_text('exlude = ["a.py"]\n')
    done = ormlint("check")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ormlint: error: ormlint.toml: unknown setting `exlude`; did you mean `exclude`?\n"


def test_suppressions(loud: Path, ormlint: Run) -> None:
    (loud / "a.py").write_text("PLAIN = 1  # ormlint: ignore[loud-name] as the protocol names it\n")
    assert ormlint("check").returncode == 0
    (loud / "a.py").write_text("plain = 1  # ormlint: ignore[loud-name] as the protocol names it\n")
    done = ormlint("check", "-q", "--format", "concise")
    assert done.stdout == "a.py:1:29: warning[unused-suppression] `loud-name` is not reported here\n".replace(
        "29", "30"
    )
    assert ormlint("check", "--select", "unused-suppression").returncode == 0  # nobody asked loud-name


def test_version(ormlint: Run) -> None:
    done = ormlint("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("ormlint 0.")


def test_start_up_imports_little(ormlint: Run) -> None:
    heavy = {"rich", "libcst", "jinja2", "django", "tree_sitter", "pathspec", "importlib.metadata", "linter.run"}
    script = f"import sys, linter.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([*ormlint.python, "-c", script], env=ormlint.environment, capture_output=True, text=True)
    assert done.stdout == "[]\n"


def test_a_warm_run_imports_little(loud: Path, ormlint: Run) -> None:
    ormlint("check")
    done = subprocess.run(
        [*ormlint.python, "-X", "importtime", "-m", "ormlint", "check"],
        cwd=loud, env=ormlint.environment, capture_output=True, text=True,
    )  # fmt: skip
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "linter.run" in imported
    assert not imported & {
        "rich",
        "libcst",
        "jinja2",
        "django",
        "tree_sitter",
        "pathspec",
        "acme_rules",
        "linter.project",
    }


def test_clean(loud: Path, ormlint: Run) -> None:
    ormlint("check")
    assert (loud / ".ormlint_cache").is_dir()
    assert ormlint("clean").returncode == 0
    assert not (loud / ".ormlint_cache").exists()
    assert ormlint("clean").stdout == "there was no cache\n"


def test_no_cache_is_written_where_none_is_wanted(loud: Path, ormlint: Run) -> None:
    ormlint("check", "--no-cache")
    ormlint("check", "--cache-dir", "elsewhere")
    assert not (loud / ".ormlint_cache").exists()
    assert (loud / "elsewhere").is_dir()


def _heed_interrupts() -> None:
    """What a shell starts in the background ignores them, and so does all that it starts, these tests too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("delay", [0.05, 0.5])
def test_an_interrupt_is_no_traceback(loud: Path, ormlint: Run, delay: float) -> None:
    command = [*ormlint.python, "-m", "ormlint", "check", "--stdin-filename", "a.py", "-"]
    process = subprocess.Popen(
        command,
        cwd=loud,
        env=ormlint.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_heed_interrupts,
    )
    assert process.stdin is not None
    time.sleep(delay)  # it waits for standard input then, or is still starting
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    if process.returncode == -signal.SIGINT:
        pytest.skip("python itself was still starting")
    assert process.returncode == 130
    assert said.decode().strip() in ("", "ormlint: interrupted")
