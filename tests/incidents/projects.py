"""The two projects of the incidents, and the mistakes that rows.toml lists of them."""

import importlib.util
import py_compile
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

INCIDENTS = Path(__file__).parents[1] / "testdata" / "incidents"

# The module that was deleted from the site, as it still lies compiled on its server. Not in the repository:
# compiled code belongs to one Python version.
DELETED_MODULE = "api/password_audit.py"
DELETED_SOURCE = """\
RELEASE = "the release before"


def _log_password_reset_success(request, user):
    print("password reset of", user.pk)
"""


@dataclass(frozen=True)
class Row:
    id: str
    project: str
    path: str
    line: int
    rules: tuple[str, ...]
    code: str = ""
    scenario: str = ""
    framework_says: str = ""
    raises_here: bool = False

    def __str__(self) -> str:
        return f"{self.id}-{Path(self.path).name}-{self.line}"


def rows() -> list[Row]:
    document = tomllib.loads((INCIDENTS / "rows.toml").read_text(encoding="utf8"))
    return [Row(**{**row, "rules": tuple(row["rules"])}) for row in document["row"]]


def copy_project(name: str, state: str, folder: Path, repaired: tuple[str, ...] = ()) -> Path:
    """A copy to run in; `repaired` files are taken from `after`, to get past the mistakes that would come first."""
    copy = folder / "-".join([name, state, *(Path(path).stem for path in repaired)])
    shutil.copytree(INCIDENTS / name / state, copy, ignore=shutil.ignore_patterns("__pycache__"))
    for path in repaired:
        shutil.copy(INCIDENTS / name / "after" / path, copy / path)
    return copy.resolve()


def leave_orphan_in_pycache(backend: Path) -> None:
    """What deleting a source file leaves behind. Python never loads it."""
    _compile_deleted_module(backend, Path(importlib.util.cache_from_source(str(backend / DELETED_MODULE))))


def leave_stale_bytecode(backend: Path) -> None:
    """What `compileall -b` made while the source was there. Python loads it as if it were the module."""
    _compile_deleted_module(backend, (backend / DELETED_MODULE).with_suffix(".pyc"))


def _compile_deleted_module(backend: Path, target: Path) -> None:
    source = backend / DELETED_MODULE
    source.write_text(DELETED_SOURCE, encoding="utf8")
    py_compile.compile(str(source), cfile=str(target), doraise=True)
    source.unlink()
