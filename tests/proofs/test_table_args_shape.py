"""What table-args-shape says is what SQLAlchemy raises."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import attempt

RULE = registry.load("table-args-shape")
ARGS = '__table_args__ = (UniqueConstraint("row", "number"))'
REFUSED = "__table_args__ value must be a tuple, dict, or None"
ITEM = "'SchemaItem' object, such as a 'Column' or a 'Constraint' expected, got "


@pytest.mark.parametrize(
    ("args", "raised"),
    [
        ('(UniqueConstraint("row", "number"))', REFUSED),
        ('[UniqueConstraint("row", "number")]', REFUSED),
        ('{UniqueConstraint("row", "number")}', REFUSED),
        ('("shop")', REFUSED),
        ('({"schema": "shop"}, UniqueConstraint("row", "number"))', ITEM + "{'schema': 'shop'}"),
        ('([UniqueConstraint("row", "number")],)', ITEM + "[UniqueConstraint()]"),
        ('("row", "number")', ITEM + "'row'"),
        ('({"schema": "shop"})', ""),
        ('(UniqueConstraint("row", "number"), {"schema": "shop"})', ""),
        ("None", ""),
    ],
)
def test_what_is_refused(tmp_path, args, raised):
    files = example(RULE, "Bad")
    files["app/models.py"] = files["app/models.py"].replace(ARGS, f"__table_args__ = {args}")
    said = attempt(tmp_path, files)
    assert said == (f"ArgumentError: {raised}" if raised else "")
    if "schema" in args or raised == REFUSED:
        assert said in RULE.documentation()


def test_the_good_example_is_taken(tmp_path):
    assert attempt(tmp_path, example(RULE, "Good")) == ""
