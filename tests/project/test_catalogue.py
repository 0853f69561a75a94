"""The bundled facts can be read, whole, by this version of the records."""

from pathlib import Path

import msgspec
import pytest

from linter.catalogue import DATA, Catalogue, Pack, injected, pack
from linter.extract import facts_of
from linter.facts import syntax as s
from linter.facts.files import Code, PythonFile

CATALOGUE = Catalogue(lambda releases: releases[-1])
RELEASES = CATALOGUE.index.releases


def facts(text: str) -> PythonFile:
    found = facts_of("x.py", "python", text.encode())
    assert isinstance(found, PythonFile)
    return found


def test_a_pack_gives_back_what_was_packed(tmp_path: Path) -> None:
    one, two = facts("x = 1\n"), facts("def f():\n    return 2\n")
    packed = pack({"1.0": {"a": (one, True), "a.b": (two, False)}, "2.0": {"a": (one, True)}})
    (tmp_path / "a.facts").write_bytes(packed)
    first, second = Pack(tmp_path / "a.facts", "1.0"), Pack(tmp_path / "a.facts", "2.0")
    assert (first.read("a"), first.read("a.b"), second.read("a")) == (one, two, one)
    assert first.modules["a"][:2] == second.modules["a"][:2]  # kept once
    assert [first.modules[name][2] for name in ("a", "a.b")] == [True, False]


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: f"{release.distribution}-{release.version}")
def test_every_record_can_be_read(release) -> None:  # type: ignore[no-untyped-def]
    contents = Pack(DATA / release.pack, release.version)
    assert {name.partition(".")[0] for name in contents.modules} == set(release.packages)
    for name in contents.modules:
        read = contents.read(name)
        module = msgspec.msgpack.decode(read.module, type=s.Module)
        code = msgspec.msgpack.decode(read.code, type=Code)
        for body in code.bodies:
            msgspec.msgpack.decode(body, type=s.Body)
        assert not module.broken


def test_the_records_are_what_the_extractor_gives_today() -> None:
    """A change to the records or to the reader needs `python scripts/generate_catalogue.py`."""
    installed = pytest.importorskip("django")
    release = next((r for r in RELEASES if r.distribution == "django" and r.version == installed.__version__), None)
    if release is None:
        pytest.skip(f"Django {installed.__version__} is not in the catalogue")
    from scripts.generate_catalogue import library_facts

    folder = Path(installed.__file__).parent
    contents = Pack(DATA / release.pack, release.version)
    for module in (
        "django.db.models.base",
        "django.db.models.fields",
        "django.contrib.auth.models",
        "django.forms.models",
    ):
        path = folder.parent / (module.replace(".", "/") + ".py")
        if not path.exists():
            path = folder.parent / module.replace(".", "/") / "__init__.py"
        assert contents.read(module) == library_facts(path.name, path.read_bytes()), module


def test_what_was_injected_is_said_of_classes_that_are_there() -> None:
    for name in injected():
        module = name.rpartition(".")[0]
        assert CATALOGUE.find(module) is not None


def test_a_renamed_package_is_found_under_its_old_name() -> None:
    catalogue = Catalogue(lambda releases: releases[-1])
    found = catalogue.find("tagulous.models.fields")
    assert found is not None
    assert found[0].startswith("<django-tagulous 2.1")
    assert catalogue.find("tagulous.nothing") is None
