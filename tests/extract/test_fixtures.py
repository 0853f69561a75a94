"""Which models a fixture holds rows of."""

import pytest

from linter.extract import facts_of
from linter.facts.files import FixtureFile


@pytest.mark.parametrize(
    "text",
    [
        '[{"model": "app.Book", "pk": 1, "fields": {"title": "model: no.such"}}]',
        "- model: app.book\n  pk: 1\n  fields: {title: Emma}\n",
        "- pk: 1\n  model: 'app.book'\n",
        '<django-objects><object pk="1" model="app.book"><field name="title">Emma</field></object></django-objects>',
    ],
)
def test_the_models_of_a_fixture(text):
    assert facts_of("app/fixtures/rows", "fixture", text.encode()) == FixtureFile(("app.book",))


def test_what_is_no_fixture_holds_none():
    assert facts_of("app/fixtures/rows.json", "fixture", b'\xff\x00{"model": 3}') == FixtureFile(())
