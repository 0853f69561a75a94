"""The index held against Django itself: one project of many shapes, dumped by the real framework, and read by ours."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from linter.catalogue import Catalogue, Release
from linter.extract import facts_of
from linter.facts.files import Facts
from linter.inspect.models import records
from linter.project import Project
from linter.project.environment import environment_at
from linter.project.libraries import Libraries
from linter.source import decode

django = pytest.importorskip("django")

SHAPES = Path(__file__).parent / "shapes"
DUMP = Path(__file__).parent / "dump_models.py"

# What depends on a value that only running the field's constructor would show, and is therefore left unsaid.
UNSAID = {("slug", "unique")}


def files() -> dict[str, Facts]:
    return {
        path.relative_to(SHAPES).as_posix(): facts_of(path.name, "python", path.read_bytes())
        for path in SHAPES.rglob("*.py")
    }


def catalogued() -> Libraries:
    """The bundled facts of the release of Django that is nearest to the installed one."""

    def choose(releases: list[Release]) -> Release:
        if releases[0].distribution != "django":
            return releases[-1]
        series = ".".join(map(str, django.VERSION[:2]))
        same = [r for r in releases if r.version.startswith(series + ".")]
        if not same:
            pytest.skip(f"Django {series} is not in the catalogue")
        return same[0]

    return Libraries(None, Catalogue(choose))  # type: ignore[arg-type]


def installed() -> Libraries:
    return Libraries(environment_at(Path(django.__file__).parents[4]), Catalogue(lambda releases: releases[-1]))


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(DUMP), "config.settings.local"], cwd=SHAPES, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module", params=[catalogued, installed], ids=["catalogue", "environment"])
def index(request: pytest.FixtureRequest) -> dict[str, Any]:
    project = Project(files(), lambda path: decode(path, (SHAPES / path).read_bytes()), library=request.param().find)
    return {record["class"]: record for record in records(project)}


def test_every_model_is_found(truth: dict[str, Any], index: dict[str, Any]) -> None:
    assert set(index) == set(truth)


def test_nothing_is_open_that_can_be_read(index: dict[str, Any]) -> None:
    assert {name: record["open_reason"] for name, record in index.items() if record["open"]} == {}


def differences(truth: dict[str, Any], index: dict[str, Any], key: str) -> dict[str, tuple[Any, Any]]:
    return {name: (want[key], index[name][key]) for name, want in truth.items() if want[key] != index[name][key]}


@pytest.mark.parametrize("key", ["label", "abstract", "proxy", "db_table", "pk", "lookup_names", "managers"])
def test_models_agree(truth: dict[str, Any], index: dict[str, Any], key: str) -> None:
    assert differences(truth, index, key) == {}


@pytest.mark.parametrize("key", ["attname", "column", "type", "null", "unique", "related"])
def test_fields_agree(truth: dict[str, Any], index: dict[str, Any], key: str) -> None:
    for name, want in truth.items():
        have = {field["name"]: field[key] for field in index[name]["fields"]}
        for field in have.keys() & {field for field, unsaid in UNSAID if unsaid == key}:
            assert have[field] is None
            have[field] = want["fields"][field][key]
        assert have == {field: attributes[key] for field, attributes in want["fields"].items()}, name


def test_reverse_relations_agree(truth: dict[str, Any], index: dict[str, Any]) -> None:
    for name, want in truth.items():
        have = sorted([r["accessor"], r["query_name"], r["model"]] for r in index[name]["reverse"])
        assert have == want["reverse"], name


def test_no_attribute_is_lost(truth: dict[str, Any], index: dict[str, Any]) -> None:
    for name, want in truth.items():
        names = {field["name"] for field in index[name]["fields"]}
        assert set(want["attributes"]) - set(index[name]["attributes"]) - names == set(), name
