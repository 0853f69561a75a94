"""What comparison-as-statement says is what Python does."""

from types import SimpleNamespace

import pytest

from linter import registry
from linter.examples import example

RULE = registry.load("comparison-as-statement")


@pytest.mark.parametrize(("section", "saved"), [("Bad", "open"), ("Good", "closed")])
def test_what_is_saved(section, saved):
    names: dict = {}
    exec(example(RULE, section)["app/views.py"], names)
    ticket = SimpleNamespace(status="open", save=lambda: None)
    names["close"](None, ticket)
    assert ticket.status == saved
