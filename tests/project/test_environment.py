"""Installed packages are found as a type checker finds them, and read, never imported."""

from pathlib import Path

import pytest

from linter.catalogue import Catalogue
from linter.facts.files import PythonFile
from linter.project.environment import environment_at, find_environment
from linter.project.libraries import Libraries, libraries_of


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    packages = tmp_path / ".venv" / "lib" / "python3.12" / "site-packages"
    (packages / "lib" / "inner").mkdir(parents=True)
    (packages / "lib" / "__init__.py").write_text("raise SystemExit('imported')\n")
    (packages / "lib" / "inner" / "__init__.py").write_text("")
    (packages / "lib" / "models.py").write_text("class A: pass\n")
    (packages / "single.py").write_text("")
    (packages / "Some_Lib-1.2.3.dist-info").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "editable.py").write_text("")
    (packages / "linked.pth").write_text(f"import os; os.abort()\n{elsewhere}\n# nothing\n")
    (tmp_path / ".venv" / "bin").mkdir()
    (tmp_path / ".venv" / "bin" / "python").write_text("")
    return tmp_path / ".venv"


def test_modules_packages_and_editable_installs_are_found(venv: Path) -> None:
    environment = environment_at(venv)
    assert environment is not None
    found = {
        name: environment.find(name)
        for name in ("lib", "lib.inner", "lib.models", "single", "editable", "os", "lib.no")
    }
    assert {name: path.name if path else None for name, path in found.items()} == {
        "lib": "__init__.py",
        "lib.inner": "__init__.py",
        "lib.models": "models.py",
        "single": "single.py",
        "editable": "editable.py",
        "os": None,
        "lib.no": None,
    }
    assert environment.version("some-lib") == "1.2.3"


@pytest.mark.parametrize("configured", [".venv", ".venv/bin/python"])
def test_the_configured_environment(venv: Path, configured: str) -> None:
    environment = find_environment(venv.parent, configured, {})
    assert environment is not None
    assert environment.has("lib")


def test_the_active_environment_before_the_one_in_the_root(venv: Path, tmp_path: Path) -> None:
    active = tmp_path / "active" / "lib" / "python3.12" / "site-packages"
    active.mkdir(parents=True)
    (active / "other.py").write_text("")
    variables = {"VIRTUAL_ENV": str(tmp_path / "active")}
    found = find_environment(venv.parent, None, variables)
    assert found is not None
    assert found.has("other")
    hook = find_environment(venv.parent, None, {**variables, "PRE_COMMIT": "1"})
    assert hook is not None
    assert hook.has("lib")


def test_no_environment(tmp_path: Path) -> None:
    assert find_environment(tmp_path, None, {}) is None
    assert find_environment(tmp_path, "nowhere", {}) is None


def test_what_is_installed_goes_before_the_catalogue(venv: Path) -> None:
    packages = venv / "lib" / "python3.12" / "site-packages"
    (packages / "taggit").mkdir()
    (packages / "taggit" / "__init__.py").write_text("own = 1\n")
    libraries = Libraries(environment_at(venv), Catalogue(lambda releases: releases[-1]))
    found = libraries.find("taggit")
    assert found is not None
    assert found[0].endswith("site-packages/taggit/__init__.py")
    assert isinstance(found[1], PythonFile)
    assert libraries.find("taggit.models") is None
    catalogued = libraries.find("mptt.models")
    assert catalogued is not None
    assert catalogued[0].startswith("<django-mptt ")
    assert libraries.find("nothing_of_this_name") is None


def test_nothing_is_imported(venv: Path) -> None:
    libraries = libraries_of(venv.parent, {}, None, {})
    assert libraries.find("lib") is not None  # importing it would end this process
    assert libraries.version("some-lib", "lib") == "1.2.3"
