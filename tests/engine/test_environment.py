"""Source outside the project is read once, and noticed when it changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from linter import reading, registry
from linter.check import Check
from linter.config import Config
from linter.finding import Finding
from linter.project import Project
from linter.project.units import ClassSymbol
from linter.registry import Selection
from linter.run import Options, run

MODEL = "class Base:\n    pass\n"


class KnownBase(Check):
    """A class whose bases were all found."""

    name, group, summary, severity = "known-base", "probes", "", "warning"

    def check(self, project: Project, path: str) -> list[Finding]:
        unit = project.unit(path)
        assert unit is not None
        found = []
        for cls in project.names.classes(unit):
            bases = [base for base in project.names.bases(cls) if isinstance(base, ClassSymbol)]
            found += [self.finding(project.class_place(cls), base.dotted) for base in bases]
        return found


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    monkeypatch.setattr(registry, "checks", lambda names: [KnownBase()])
    monkeypatch.setattr(registry, "kinds", lambda selection: {"known-base": ("python",)})
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    root = tmp_path / "project"
    root.mkdir()
    (root / "manage.py").touch()
    (root / "app.py").write_text("from acme_lib.things import Base\n\nclass Mine(Base):\n    pass\n")
    return Options(root, Config(root), Selection(("known-base",)), jobs=1, cache_dir=tmp_path / "cache")


def install(root: Path, text: str = MODEL) -> Path:
    package = root / ".venv/lib/python3.11/site-packages/acme_lib"
    package.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").touch()
    (package / "things.py").write_text(text)
    return package


def messages(options: Options) -> list[str]:
    return [finding.message for finding in run(options).findings]


def test_an_environment_that_appears_goes_or_changes_is_noticed(options: Options) -> None:
    assert messages(options) == []
    package = install(options.root)
    assert messages(options) == ["acme_lib.things.Base"]
    assert messages(options) == ["acme_lib.things.Base"]
    (package / "things.py").write_text("Base = None\n")
    assert messages(options) == []
    (package / "things.py").unlink()
    (package / "things").mkdir()
    (package / "things/__init__.py").write_text(MODEL)
    assert messages(options) == ["acme_lib.things.Base"]
    shutil.rmtree(options.root / ".venv")
    assert messages(options) == []


def test_another_environment_by_the_variable_is_noticed(
    options: Options, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert messages(options) == []
    install(tmp_path / "elsewhere")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "elsewhere/.venv"))
    assert messages(options) == ["acme_lib.things.Base"]


def test_a_library_is_extracted_once(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    install(options.root)
    assert messages(options) == ["acme_lib.things.Base"]
    extracted: list[str] = []
    extract = reading._extracted

    def counted(path: str, *rest: object) -> bytes:
        extracted.append(path)
        return extract(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "_extracted", counted)
    (options.root / "other.py").write_text("from acme_lib.things import Base\n\nclass Other(Base):\n    pass\n")
    assert messages(options) == ["acme_lib.things.Base"] * 2
    assert extracted == ["other.py"]


@pytest.mark.parametrize("jobs", [2, 3])
def test_what_workers_read_is_remembered_too(options: Options, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    monkeypatch.setattr("linter.judging.FEW", 0)
    package = install(options.root)
    for n in range(8):
        (options.root / f"m{n}.py").write_text("from acme_lib.things import Base\n\nclass Mine(Base):\n    pass\n")
    parallel = replace(options, jobs=jobs)
    assert messages(parallel) == ["acme_lib.things.Base"] * 9
    (package / "things.py").write_text("Base = None\n")
    assert messages(parallel) == []
