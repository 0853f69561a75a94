"""The names that unknown-vendor-name knows are those that the frameworks give their databases."""

import importlib

import pytest

from linter.project.settings import vendor_names

BACKENDS = ("postgresql", "mysql", "sqlite3", "oracle")


def vendor(backend: str) -> str:
    try:
        return importlib.import_module(f"django.db.backends.{backend}.base").DatabaseWrapper.vendor
    except Exception:  # its driver is not installed
        pytest.skip(f"no driver for {backend}")


@pytest.mark.parametrize("backend", BACKENDS)
def test_what_django_calls_its_databases(backend):
    name = vendor(backend)
    assert name not in vendor_names._MEANT
    assert name in {*vendor_names._MEANT.values(), "oracle"}


@pytest.mark.parametrize("dialect", ["postgresql", "mysql", "sqlite", "oracle", "mssql"])
def test_what_sqlalchemy_calls_its_dialects(dialect):
    dialects = pytest.importorskip(f"sqlalchemy.dialects.{dialect}")
    name = dialects.dialect.name
    assert name == dialect
    assert name not in vendor_names._MEANT


def test_the_engines_are_paths():
    for name in vendor_names._ENGINES:
        importlib.import_module(f"django.db.backends.{name}")
    assert set(vendor_names._ENGINES) == set(BACKENDS)
