"""The index held against SQLAlchemy itself: modules of many shapes, dumped by the real framework, and read by ours."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from linter.extract import facts_of
from linter.inspect import mappers, tables
from linter.project import Project
from linter.source import decode

sqlalchemy = pytest.importorskip("sqlalchemy", "2.0")
pytest.importorskip("flask_sqlalchemy", "3.1")
pytest.importorskip("sqlmodel")

SHAPES = Path(__file__).parent / "tables"
DUMP = Path(__file__).parent / "dump_tables.py"

# What depends on the release, and is therefore left unsaid or said as the newest one does.
BY_RELEASE = {("Float", "Double")}


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    command = [sys.executable, "-W", "ignore", str(DUMP), "zoo"]
    done = subprocess.run(command, cwd=SHAPES, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def project() -> Project:
    files = {
        path.relative_to(SHAPES).as_posix(): facts_of(path.name, "python", path.read_bytes())
        for path in SHAPES.rglob("*.py")
    }
    return Project(files, lambda path: decode(path, (SHAPES / path).read_bytes()))


def test_every_table_and_column(truth: dict[str, Any], project: Project) -> None:
    ours = {(t["schema"], t["name"]): t for t in tables.records(project)}
    assert {key for key, table in ours.items() if table["open"]} == set()
    assert set(ours) == {(t["schema"], t["name"]) for t in truth["tables"]}
    wrong: list[str] = []
    for table in truth["tables"]:
        columns = {c["name"]: c for c in ours[table["schema"], table["name"]]["columns"]}
        if set(columns) != {c["name"] for c in table["columns"]}:
            wrong.append(f"{table['name']}: {sorted(c['name'] for c in table['columns'])} is {sorted(columns)}")
            continue
        for want in table["columns"]:
            got = dict(columns[want["name"]])
            got["foreign_keys"] = sorted([key["target"], key["ondelete"] or ""] for key in got["foreign_keys"])
            if got["type"] is None or (got["type"], want["type"]) in BY_RELEASE:
                got["type"] = want["type"]
            wrong += differences(f"{table['name']}.{want['name']}", want, got)
    assert "\n".join(wrong) == ""


def differences(where: str, want: dict[str, Any], got: dict[str, Any]) -> list[str]:
    return [f"{where} {key}: {want[key]} is {got[key]}" for key in want if want[key] != got[key]]


def test_every_mapper_and_relationship(truth: dict[str, Any], project: Project) -> None:
    # A class in a function has "<locals>" in its name, which a reader of the class statement does not see.
    mapped = {m["class"].replace("animal.<locals>.", ""): m for m in truth["mappers"]}
    ours: dict[str, dict[str, Any]] = {}
    for record in mappers.records(project):
        ours[record["class"]] = record
    assert set(ours) == set(mapped)
    wrong: list[str] = []
    for name, want in mapped.items():
        got = ours[name]
        if name.endswith(".Animal"):
            continue  # two classes of one name
        if got["table"] != want["table"]:
            wrong.append(f"{name}: {want['table']} is {got['table']}")
        if not got["open"] and not set(want["columns"]) <= set(got["attributes"]):
            wrong.append(f"{name}: {want['columns']} is {got['attributes']}")
        is_concrete = want["inheritance"] == "concrete"  # attributes that only say that they are not there
        if not got["open"] and not is_concrete and set(got["attributes"]) != set(want["attributes"]):
            wrong.append(f"{name}: {want['attributes']} is {got['attributes']}")
        if got["inheritance"] != want["inheritance"]:
            wrong.append(f"{name}: {want['inheritance']} is {got['inheritance']}")
        relationships = {r["key"]: r for r in got["relationships"]}
        if set(relationships) != {r["key"] for r in want["relationships"]}:
            wrong.append(f"{name}: {[r['key'] for r in want['relationships']]} is {sorted(relationships)}")
            continue
        for relationship in want["relationships"]:
            wrong += differences(f"{name}.{relationship['key']}", relationship, relationships[relationship["key"]])
    assert "\n".join(wrong) == ""


def test_what_is_indexed(truth: dict[str, Any], project: Project) -> None:
    wanted = {(t["schema"], t["name"]): t for t in truth["tables"]}
    found = {(t.schema, t.name): t for t in project.tables.tables}
    wrong: list[str] = []
    for key, want in wanted.items():
        table = found[key]
        paths = sorted([table.columns[k].name for k in path] for path in table.access_paths())
        if paths != want["paths"]:
            wrong.append(f"{table.name}: {want['paths']} is {paths}")
        names = {constraint.name for constraint in table.constraints if constraint.name}
        if not names <= set(want["named"]):
            wrong.append(f"{table.name}: {want['named']} is {names}")
        assert table.args_open == ""
    assert "\n".join(wrong) == ""


def test_no_foreign_key_dangles(project: Project) -> None:
    index = project.tables
    verdicts = {
        (table.name, column.name, key.text): index.resolve(table, column, key).verdict
        for table in index.tables
        for column, key in table.foreign_keys()
    }
    assert {key for key, verdict in verdicts.items() if verdict != "found"} == set()
