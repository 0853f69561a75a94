"""Make `linter/catalogue/data` from released packages. Downloads wheels with pip; nothing of them is run here.

usage: python scripts/generate_catalogue.py [--wheels DIR]
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).parent.parent))

from linter.catalogue import DATA, Index, Release, pack
from linter.extract import facts_of
from linter.facts import syntax as s
from linter.facts.files import Code, PythonFile
from linter.project.units import walk

DISTRIBUTIONS = tuple(
    line
    for line in Path(__file__).with_name("catalogue.txt").read_text("utf-8").splitlines()
    if line and line[0] != "#"
)
PYTHON = "3.13"  # the newest releases of all of them can be had for it

NOT_NEEDED = re.compile(
    r"\{\{|(^|/)(tests?|testing|test_utils|test_project|locale|migrations|management|static|docs|examples?|sandbox)(/|\.py$)"
    r"|(^|/)(conftest|test_\w+|tests_\w+|setup)\.py$"
    r"|^django/(contrib/(gis/(gdal|geos|utils|sitemaps|admin|feeds|geoip2|measure)|admindocs/\w+s)"
    r"|core/(management|cache|handlers|servers|checks|serializers)|conf/(project_template|app_template)"
    r"|db/backends/(oracle|mysql|sqlite3|postgresql|dummy)|test)(/|\.py$)"
)
# Of a package other than these only what its models are made of is kept.
WHOLE = frozenset({"django", "djangorestframework", "django-filter"})
SMALL = 20
OF_MODELS = re.compile(r"(^|\.)(\w*models?|\w*fields?|\w*managers?|querysets?|\w*mixins?|db|apps|registry)(\.|$)")


def wheels(folder: Path) -> list[Path]:
    """The wheel of each release; what lies in the folder already is not asked for again."""
    for requirement in DISTRIBUTIONS:
        name, _, version = requirement.partition("==")
        start = f"{re.sub('[-_.]+', '_', name)}-{version.rstrip('*')}"
        if any(file.name.lower().startswith(start) for file in folder.glob("*.whl")):
            continue
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:",
             "--python-version", PYTHON, "--dest", str(folder), requirement],
            check=True,
        )  # fmt: skip
    return sorted(folder.glob("*.whl"))


def without_places(record: Any) -> Any:
    """A record without its spans: nothing is ever reported in a library. What defines a name keeps a number of its own,
    since several classes of one name are told apart by it."""
    if isinstance(record, tuple):
        return tuple(without_places(r) for r in record)
    if not isinstance(record, msgspec.Struct):
        return record
    keep = isinstance(record, (s.ClassDef, s.FunctionDef))
    values = {
        name: (value if keep else s.NOWHERE) if name == "at" else () if name == "spans" else without_places(value)
        for name, value in ((n, getattr(record, n)) for n in record.__struct_fields__)
    }
    return type(record)(**values)


def library_facts(path: str, source: bytes) -> PythonFile | None:
    facts = facts_of(path, "python", source)
    if not isinstance(facts, PythonFile):
        return None
    encode = msgspec.msgpack.Encoder().encode
    module = msgspec.msgpack.decode(facts.module, type=s.Module)
    code = msgspec.msgpack.decode(facts.code, type=Code)
    bodies = [encode(without_places(msgspec.msgpack.decode(body, type=s.Body))) for body in code.bodies]
    bare = Code((), tuple(bodies), (0,) * len(bodies))
    return PythonFile(encode(without_places(module)), encode(bare))


Modules = dict[str, tuple[PythonFile, bool]]


def modules(wheel: zipfile.ZipFile, distribution: str) -> Modules:
    found: Modules = {}
    for path in wheel.namelist():
        if not path.endswith(".py") or NOT_NEEDED.search(path) or ".data/" in path:
            continue
        facts = library_facts(path, wheel.read(path))
        if facts is not None:
            is_package = path.endswith("/__init__.py")
            found[path.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".")] = facts, is_package
    return found if distribution in WHOLE or len(found) <= SMALL else of_models(found)


def of_models(found: Modules) -> Modules:
    """The modules that models stand in, those that these import from their own package, and the packages around them."""
    waiting = [name for name in found if OF_MODELS.search(name) or "." not in name]
    kept: Modules = {}
    while waiting:
        name = waiting.pop()
        if name in kept or name not in found:
            continue
        kept[name] = found[name]
        waiting.append(name.rpartition(".")[0])
        waiting.extend(imported(name, *found[name]))
    return kept


def imported(name: str, facts: PythonFile, is_package: bool) -> list[str]:
    """What a module of models imports at its top level; what it needs for its views and forms is left alone."""
    wanted = []
    for node, _ in walk(msgspec.msgpack.decode(facts.module, type=s.Module).body):
        if isinstance(node, s.ImportFrom):
            parts = name.split(".") if is_package else name.split(".")[:-1]
            base = parts[: len(parts) - node.level + 1] if node.level else []
            source = ".".join([*base, node.module] if node.module else base)
            wanted += [source, f"{source}.{node.name}"]
        elif isinstance(node, s.Import):
            wanted.append(node.module)
    return wanted


def generate(folder: Path) -> None:
    found: dict[str, dict[str, Modules]] = {}
    for path in wheels(folder):
        name, version = path.name.split("-")[:2]
        with zipfile.ZipFile(path) as wheel:
            distribution = name.lower().replace("_", "-")
            found.setdefault(distribution, {})[version] = modules(wheel, distribution)
    for old in DATA.glob("*.facts"):
        old.unlink()
    releases: list[Release] = []
    for distribution, versions in sorted(found.items()):
        file = f"{distribution}.facts"
        (DATA / file).write_bytes(pack(versions))
        modules_kept = len(max(versions.values(), key=len))
        print(f"{file}: {', '.join(versions)}; {modules_kept} modules, {(DATA / file).stat().st_size // 1024} kB")
        for version, contents in sorted(versions.items()):
            packages = tuple(sorted({module.partition(".")[0] for module in contents}))
            releases.append(Release(distribution, version, packages, file))
    (DATA / "index.json").write_bytes(
        msgspec.json.format(msgspec.json.encode(Index(tuple(releases))), indent=1) + b"\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--wheels", type=Path, help="keep the downloaded wheels in this folder")
    folder = parser.parse_args().wheels
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        generate(folder)
    else:
        with tempfile.TemporaryDirectory() as scratch:
            generate(Path(scratch))


if __name__ == "__main__":
    main()
