"""What annotation-not-mapped says is what SQLAlchemy raises."""

import pytest

from linter import registry
from linter.examples import example
from tests.proofs.sqlalchemy_runner import attempt

RULE = registry.load("annotation-not-mapped")
BAD = "name: str = mapped_column()"
REFUSED = 'Type annotation for "User.name" can\'t be correctly interpreted for Annotated Declarative Table form.'


@pytest.mark.parametrize(
    "line",
    [
        BAD,
        "name: str",
        "name: str = None",
        'name: "str" = mapped_column()',
        'name: "User" = relationship("User")',
        "name: str = synonym('id')",
    ],
)
def test_what_is_refused(tmp_path, line):
    files = example(RULE, "Bad")
    text = files["app/models.py"].replace(BAD, line)
    files["app/models.py"] = f"from sqlalchemy.orm import relationship, synonym\n{text}"
    said = attempt(tmp_path, files).partition(": ")
    assert said[0] in ("ArgumentError", "MappedAnnotationError")
    assert said[2].startswith(REFUSED)
    assert REFUSED in RULE.documentation()


@pytest.mark.parametrize("case", ["traps"])
def test_the_traps_are_taken(testdata, tmp_path, case):
    folder = testdata / "annotation-not-mapped" / case
    files = {str(path.relative_to(folder)): path.read_text("utf-8") for path in sorted(folder.rglob("*.py"))}
    assert attempt(tmp_path, files) == ""


def test_the_good_example_is_taken(tmp_path):
    assert attempt(tmp_path, example(RULE, "Good")) == ""
