"""Run the catalogued packages once, to learn the names that they put on models though no class body says so.

For each abstract model and each field class of the catalogue a model is made that uses it. What Django then says of that
model, and our index, reading the same source, does not, is written to `linter/catalogue/data/injected.json`: by the class
that injects it, `{}` standing for the name of the field. What the index claims and Django does not is printed.

usage: python scripts/probe_catalogue.py ENVIRONMENT      an environment in which Django and the packages are installed
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from linter.catalogue import DATA, Catalogue, Injected, Pack
from linter.extract import facts_of
from linter.inspect.models import records
from linter.project import Project
from linter.project.environment import environment_at
from linter.project.libraries import Libraries
from linter.project.models.model import Model
from linter.project.units import ClassSymbol
from linter.source import decode

HOME = Path(__file__).resolve().parent.parent
DJANGO_APPS = ["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
               "django.contrib.messages", "django.contrib.sites"]  # fmt: skip
SETTINGS = """
SECRET_KEY = "only for this"
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}}}
SITE_ID = 1
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = {apps!r}
"""
SUPPORTING = {
    "taggit",
    "wagtail",
    "wagtail.admin",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.users",
}
ARGUMENTS = ("", "max_length=20", 'to="probe.Target", on_delete=models.CASCADE, related_name="+"', 'to="probe.Target"')
# Mixins that are no models, yet are known to change the models that use them: the attribute that asks for it, its value.
MIXINS = {"modelsearch.index.Indexed": ("search_fields", "[True]")}

TRY = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
sys.path.insert(0, os.getcwd())
import django
django.setup()
import probe.models
good = []
for key, source in json.load(open("candidates.json")):
    try:
        exec(source, probe.models.__dict__)
        good.append(key)
    except BaseException as error:
        print(key, type(error).__name__, str(error)[:100], file=sys.stderr)
json.dump(good, sys.stdout)
"""


def classes(project: Project, catalogue: Catalogue) -> Iterator[tuple[ClassSymbol, Model | None]]:
    """The abstract models and the field classes of the catalogue that are not Django's own."""
    for release in catalogue.index.releases:
        if release.distribution == "django":
            continue
        for name in Pack(DATA / release.pack, release.version).modules:
            unit = project.names.module(name)
            for cls in project.names.classes(unit) if unit is not None else ():
                model = project.models.of(cls)
                if "." in cls.qualname:
                    continue
                if (model is not None and model.abstract) or cls.dotted in MIXINS:
                    yield cls, model
                elif model is None and project.models.bodies.field_classes.of(cls).is_field:
                    yield cls, None


def app_of(cls: ClassSymbol) -> str:
    """The app that a class of a library stands in."""
    parts = cls.unit.name.split(".")
    at = next((i for i, part in enumerate(parts) if "models" in part or "fields" in part), 1)
    return ".".join(parts[: max(at, 1)])


def candidates(cls: ClassSymbol, model: Model | None, number: int) -> Iterator[tuple[str, str]]:
    """(class name, source) of the models that may use a class."""
    head = f"from django.db import models\nfrom {cls.unit.name} import {cls.name} as Used{number}\n"
    if cls.dotted in MIXINS:
        attribute, value = MIXINS[cls.dotted]
        yield f"A{number}", f"{head}class A{number}(Used{number}, models.Model):\n    {attribute} = {value}\n"
    elif model is not None:
        yield f"A{number}", f"{head}class A{number}(Used{number}):\n    pass\n"
    else:
        for index, arguments in enumerate(ARGUMENTS):
            name = f"F{number}_{index}"
            yield name, f"{head}class {name}(models.Model):\n    value = Used{number}({arguments})\n"


def run(python: Path, folder: Path, script: Path, *words: str) -> Any:
    done = subprocess.run([str(python), str(script), *words], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    print(done.stderr, file=sys.stderr, end="")
    return json.loads(done.stdout)


def write(folder: Path, apps: list[str], models: str) -> None:
    (folder / "probe").mkdir(exist_ok=True)
    (folder / "probe/__init__.py").write_text("")
    (folder / "settings.py").write_text(SETTINGS.format(apps=[*DJANGO_APPS, *apps, "probe"]))
    target = "from django.db import models\n\n\nclass Target(models.Model):\n    pass\n\n\n"
    (folder / "probe/models.py").write_text(target + models)


def installable(python: Path, folder: Path, wanted: list[str]) -> list[str]:
    """The apps that start without settings of their own."""
    good: list[str] = []
    for app in wanted:
        write(folder, [*good, app], "")
        script = "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'settings'; import django; django.setup()"
        if subprocess.run([str(python), "-c", script], cwd=folder, capture_output=True, check=False).returncode == 0:
            good.append(app)
    return good


def main() -> None:
    environment = Path(sys.argv[1]).resolve()
    python = environment / "bin/python"
    catalogue = Catalogue(
        lambda releases: next(r for r in releases if r.distribution != "django" or r.version[:3] == "5.2")
    )
    project = Project({}, lambda path: decode(path, b""), Libraries(None, catalogue).find)
    names = project.names
    known = list(classes(project, catalogue))
    sources = {key: (cls, source) for n, (cls, model) in enumerate(known) for key, source in candidates(cls, model, n)}
    apps = sorted({app_of(cls) for cls, _ in known} | SUPPORTING)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        apps = installable(python, folder, apps)
        write(folder, apps, "")
        (folder / "candidates.json").write_text(json.dumps([(key, source) for key, (_, source) in sources.items()]))
        (folder / "try.py").write_text(TRY)
        good = run(python, folder, folder / "try.py")
        first = {sources[key][0].dotted: key for key in reversed(good)}
        write(folder, apps, "\n\n".join(sources[key][1] for key in first.values()))
        truth = run(python, folder, HOME / "tests/project/dump_models.py", "settings")
        injected = dict(compared(folder, environment, first, truth))
    for cls, _ in known:  # what a base injects is no doing of those that inherit it
        if any(isinstance(base, ClassSymbol) and base.dotted in injected for base in names.mro(cls)[0][1:]):
            injected.pop(cls.dotted, None)
    (DATA / "injected.json").write_bytes(msgspec.json.format(msgspec.json.encode(injected), indent=1) + b"\n")
    print(f"{len(first)} of {len(known)} classes tried in {len(apps)} apps, {len(injected)} of them inject")


def compared(
    folder: Path, environment: Path, first: dict[str, str], truth: dict[str, Any]
) -> Iterator[tuple[str, tuple[Injected, ...]]]:
    files = {p.relative_to(folder).as_posix(): facts_of(p.name, "python", p.read_bytes()) for p in folder.rglob("*.py")}
    libraries = Libraries(environment_at(environment), Catalogue(lambda releases: releases[-1]))
    project = Project(files, lambda path: decode(path, (folder / path).read_bytes()), libraries.find)
    project.models.bodies.injected = {}  # as if nothing were known yet
    mine = {record["class"].rpartition(".")[2]: record for record in records(project)}
    for dotted, key in first.items():
        want, have = truth.get(f"probe.models.{key}"), mine.get(key)
        if want is None or have is None:
            print(f"{dotted}: {'not registered' if want is None else 'not found'}")
            continue
        seen = {field["name"] for field in have["fields"]}
        lost = [
            Injected(
                dotted,
                name.replace("value", "{}"),
                f["attname"].replace("value", "{}"),
                f["class"],
                f["null"],
                f["unique"],
                MIXINS.get(dotted, ("", ""))[0],
            )
            for name, f in want["fields"].items()
            if name not in seen
        ]
        wrong = set(have["lookup_names"]) - set(want["lookup_names"])
        missed = (
            set(want["lookup_names"]) - set(have["lookup_names"]) - {f.name for f in lost} - {f.attname for f in lost}
        )
        if wrong or missed or lost:
            print(
                f"{dotted}: invented {sorted(wrong)}, lost {sorted(missed)}, injected {[f.name for f in lost]}, {have['open_reason']}"
            )
        if lost:
            yield dotted, tuple(lost)


if __name__ == "__main__":
    main()
