"""Import the modules of a tiny project with the real SQLAlchemy, in a process of its own, and ask it what is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

# Every foreign key is looked up, as creating a table or writing a row does.
FOREIGN_KEYS = """
import gc
from sqlalchemy import MetaData
from sqlalchemy.exc import NoReferenceError

said = set()
for metadata in [o for o in gc.get_objects() if isinstance(o, MetaData)]:
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            try:
                key.column
            except NoReferenceError as error:
                said.add(f"{type(error).__name__}: {error}")
"""
MAPPERS = """
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import configure_mappers

said = set()
try:
    configure_mappers()
except SQLAlchemyError as error:
    said.add(f"{type(error).__name__}: {error}")
"""
# What `create_all()`, which a first deployment or a test runs, says.
CREATE = """
import gc
from sqlalchemy import MetaData, create_engine
from sqlalchemy.exc import SQLAlchemyError

said = set()
for metadata in [o for o in gc.get_objects() if isinstance(o, MetaData)]:
    try:
        metadata.create_all(create_engine("sqlite://"))
    except SQLAlchemyError as error:
        said.add(f"{type(error).__name__}: {error}")
"""


def said(tmp_path: Path, files: Mapping[str, str], question: str) -> set[str]:
    """The errors of SQLAlchemy, each once, as `Type: text`, after all modules of `files` are imported."""
    pytest.importorskip("sqlalchemy")
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    modules = [path.removesuffix(".py").replace("/", ".") for path in files if path.endswith(".py")]
    names = [name.removesuffix(".__init__") for name in modules]
    code = "\n".join(
        [*(f"import {name}" for name in names), question, "import json", "print(json.dumps(sorted(said)))"]
    )
    # No bytecode: a test runs several texts in one folder, and one of the same size and second passes for the other.
    command = [sys.executable, "-B", "-W", "ignore", "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def attempt(tmp_path: Path, files: Mapping[str, str], strict: bool = False) -> str:
    """What importing the modules of `files` raises, as `Type: text`, "" for nothing; `strict`: warnings are raised, too."""
    pytest.importorskip("sqlalchemy")
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    modules = [path.removesuffix(".py").replace("/", ".").removesuffix(".__init__") for path in files]
    imports = "; ".join(f"import {module}" for module in modules)
    code = f"try: {imports}\nexcept (Exception, Warning) as error: print(f'{{type(error).__name__}}: {{error}}')"
    command = [sys.executable, "-B", "-W", "error" if strict else "ignore", "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
