"""What mixin-table-args-lost says is what becomes of the table."""

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import said

RULE = registry.load("mixin-table-args-lost")
ASK = """
from app.models import Product

said = {str(sorted(c.name for c in Product.__table__.constraints if c.name))}
"""


def test_the_constraint_of_the_mixin_is_gone(tmp_path):
    assert said(tmp_path, example(RULE, "Bad"), ASK) == {"['uq_code']"}
    assert "\n['uq_code']\n" in RULE.documentation()


def test_the_good_one_has_both(tmp_path):
    assert said(tmp_path, example(RULE, "Good"), ASK) == {"['ck_price', 'uq_code']"}
