"""What incompatible-pins says is what pip, and pandas, do."""

import re

import pytest

from linter import registry
from linter.catalogue import metadata
from linter.examples import example, lint, written
from tests.proofs.pip_runner import pip_says, wheel

RULE = registry.load("incompatible-pins")


def test_pip_refuses_what_a_release_declares(tmp_path):
    known = metadata().requires["django-celery-beat"]["2.9.0"]
    wheel(tmp_path, "django-celery-beat", "2.9.0", [line for line in known if line.startswith("celery")])
    wheel(tmp_path, "celery", "5.2.2")
    files = {"requirements.txt": "celery==5.2.2\ndjango-celery-beat==2.9.0\n"}
    said = pip_says(tmp_path, files)
    assert said in RULE.documentation()
    with written(files) as root:
        (finding,) = lint(root, RULE.name).findings
    assert said == f"ERROR: {finding.runtime}"


def test_pip_installs_what_only_an_extra_declares(tmp_path):
    wheel(tmp_path, "pandas", "2.2.3", ['openpyxl>=3.1.0; extra == "excel"'], ["excel"])
    wheel(tmp_path, "openpyxl", "3.0.10")
    assert pip_says(tmp_path, {"requirements.txt": example(RULE, "Bad")["requirements.txt"]}) == ""


def test_with_the_extra_it_refuses(tmp_path):
    wheel(tmp_path, "pandas", "2.2.3", ['openpyxl>=3.1.0; extra == "excel"'], ["excel"])
    wheel(tmp_path, "openpyxl", "3.0.10")
    files = {"requirements.txt": "openpyxl==3.0.10\npandas[excel]==2.2.3\n"}
    with written({**files, "imports.py": "import pandas\n"}) as root:
        (finding,) = lint(root, RULE.name).findings
    assert pip_says(tmp_path, files) == f"ERROR: {finding.runtime}"


def test_the_words_are_those_of_pandas(monkeypatch):
    """Where pandas is at hand: it looks at a module's `__version__` and at its own table."""
    optional = pytest.importorskip("pandas.compat._optional")
    import sys
    import types

    old = types.ModuleType("openpyxl")
    old.__version__ = "0.1"
    monkeypatch.setitem(sys.modules, "openpyxl", old)
    with pytest.raises(ImportError, match=re.escape("' or newer of 'openpyxl' (version '0.1' currently installed).")):
        optional.import_optional_dependency("openpyxl")


def test_what_is_bundled_can_be_read():
    known = metadata()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", known.made)
    assert "asgiref>=3.8.1" in known.requires["django"]["5.2.19"]
    assert known.minimums["pandas"]["2.2.3"]["openpyxl"].version == "3.1.0"
