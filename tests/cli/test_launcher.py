"""The launcher keeps the linted project out of the interpreter, whatever the project calls its modules."""

import os
import site
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ormlint import search_path

HOME = Path(__file__).parents[2]
# What a project may well be called, and what shadows modules that we, our libraries or the standard library import.
HOSTILE = ("checks", "linter", "click", "msgspec", "json", "tokenize", "typing_extensions", "attr", "numpy", "django")


def run(command: Sequence[str], cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    # No PYTHONPATH of the test run itself: it would make up for what an installation lacks.
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(command, cwd=cwd, env={**clean, **environment}, capture_output=True, text=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    for name in HOSTILE:
        (root / name).mkdir(parents=True)
        text = "import pathlib\npathlib.Path(__file__).with_name('ran').touch()\nraise SystemExit(7)\n"
        (root / name / "__init__.py").write_text(text)
    (root / "manage.py").write_text("raise SystemExit(8)\n")
    return root


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a new environment that holds a wheel of this checkout, and finds its libraries in ours."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("installed")
    built = run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], HOME)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    run([sys.executable, "-m", "venv", "--without-pip", str(folder / "env")], folder)
    (packages,) = (folder / "env").glob("lib/python*/site-packages")
    (packages / "host.pth").write_text("\n".join(site.getsitepackages()))
    python = folder / "env" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    done = run([*pip, "--ignore-installed", str(wheel)], folder)
    assert done.returncode == 0, done.stderr
    return python.parent


def assert_unharmed(done: subprocess.CompletedProcess[str], project: Path) -> None:
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{len(HOSTILE) + 1} Python files" in done.stdout
    assert not list(project.rglob("ran"))


@pytest.mark.parametrize("path", ["", ".", "here"])
def test_python_m_from_a_project_with_such_packages(project: Path, installed: Path, path: str) -> None:
    written = {"PYTHONPATH": str(project) if path == "here" else path} if path else {}
    assert_unharmed(run([str(installed / "python"), "-m", "ormlint", "check"], project, **written), project)


@pytest.mark.parametrize("path", ["", ".", "here"])
def test_the_installed_script_from_such_a_project(project: Path, installed: Path, path: str) -> None:
    written = {"PYTHONPATH": str(project) if path == "here" else path} if path else {}
    assert_unharmed(run([str(installed / "ormlint"), "check"], project, **written), project)


def test_a_checkout_on_the_path_beside_such_a_project(project: Path) -> None:
    path = os.pathsep.join((str(project), str(HOME)))
    assert_unharmed(run([sys.executable, "-m", "ormlint", "check"], project, PYTHONPATH=path), project)


def test_libraries_installed_into_a_folder_of_the_path_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "target"
    (target / "click-8.dist-info").mkdir(parents=True)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(target), str(tmp_path))))
    assert search_path([str(tmp_path), str(target), "/usr/lib/x"], "/home/us") == [
        "/home/us",
        str(target),
        "/usr/lib/x",
    ]


def test_an_installation_without_its_libraries_says_so(tmp_path: Path) -> None:
    done = run([sys.executable, "-S", "-m", "ormlint", "--version"], tmp_path, PYTHONPATH=str(HOME))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "ormlint: error: the installation is not whole: No module named 'click'\n"
