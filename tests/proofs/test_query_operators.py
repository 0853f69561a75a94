"""What Python's own operators make of a query's conditions: identity-comparison, python-boolean-operator and
negation-or-membership say what SQLAlchemy gets to see."""

import pytest

from linter import registry
from linter.examples import example, lint, written
from linter.testing import read_case
from tests.proofs.sqlalchemy_runner import said

IDENTITY, BOOLEAN, NEGATION = (
    registry.load(name) for name in ("identity-comparison", "python-boolean-operator", "negation-or-membership")
)


def conditions(tmp_path, files, *written_as):
    """The WHERE clauses of some expressions, `TypeError: …` where there is none."""
    module = next(path for path in files if path.endswith("models.py")).removesuffix(".py").replace("/", ".")
    question = f"""
from {module} import *
from sqlalchemy import *
from sqlalchemy.orm import configure_mappers
configure_mappers()
said = set()
for number, made in enumerate([{", ".join("lambda: " + text for text in written_as)}]):
    try:
        text = " ".join(str(made()).split())
        said.add(f"{{number}} WHERE {{text.partition(' WHERE ')[2]}}" if " WHERE " in text else f"{{number}} {{text}}")
    except TypeError as error:
        said.add(f"{{number}} TypeError: {{error}}")
"""
    found = sorted(said(tmp_path, files, question), key=lambda text: int(text.split()[0]))
    return [text.partition(" ")[2] for text in found]


def found(files, rule):
    with written(files) as root:
        return [finding.runtime for finding in lint(root, rule.name).findings]


def test_is_none_becomes_false(tmp_path):
    files = example(IDENTITY, "Bad")
    assert conditions(tmp_path, files, "active()") == found(files, IDENTITY) == ["WHERE false"]
    assert "\nWHERE false\n" in IDENTITY.documentation()


def test_the_right_comparison_does_not(tmp_path):
    assert conditions(tmp_path, example(IDENTITY, "Good"), "active()") == ["WHERE users.deleted_at IS NULL"]


def test_and_keeps_the_first_condition(tmp_path):
    files = example(BOOLEAN, "Bad")
    assert conditions(tmp_path, files, "active('ann')") == ["WHERE users.name = :name_1"]
    assert "\nWHERE users.name = :name_1\n" in BOOLEAN.documentation()
    assert found(files, BOOLEAN) == [""]


def test_a_comma_keeps_both(tmp_path):
    (text,) = conditions(tmp_path, example(BOOLEAN, "Good"), "active('ann')")
    assert text == "WHERE users.name = :name_1 AND users.active = true"


def test_not_becomes_false(tmp_path):
    files = example(NEGATION, "Bad")
    assert conditions(tmp_path, files, "inactive()") == found(files, NEGATION) == ["WHERE false"]
    assert conditions(tmp_path, example(NEGATION, "Good"), "inactive()") == ["WHERE NOT users.active"]


MODELS = """
from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, func, not_, or_, select
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class User(Base):
    __tablename__ = "users"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))
    active = Column(Boolean)


class Pet(Base):
    __tablename__ = "pets"

    id = Column(Integer, primary_key=True)
    owner_id = Column(ForeignKey("users.id"))
    owner = relationship(User)


tags = Table("tags", Base.metadata, Column("word", String(20)))


def found():
    select(User.id).where(CONDITION)
"""
UNDEFINED = "TypeError: Boolean value of this clause is not defined"
# What is written, what is left of it, and what is said of it.
JOINED = [
    ("User.name == 'a' or User.id == 3", "WHERE users.id = :id_1", "`or` keeps only the last"),
    ("User.name != 'a' and User.id == 3", "WHERE users.id = :id_1", "`and` keeps only the last"),
    ("User.name != 'a' or User.id == 3", "WHERE users.name != :name_1", "`or` keeps only the first"),
    ("User.active and User.id == 3", "WHERE users.id = :id_1", "`and` keeps only the last"),
    ("Pet.owner and User.id == 3", "WHERE users.id = :id_1", "`and` keeps only the last"),
    ("func.lower(User.name) == 'a' and User.id == 3", "WHERE lower(users.name) = :lower_1", "only the first"),
    ("User.id > 3 and User.active", UNDEFINED, "whether it is true"),
    ("User.name.like('a') and User.active", UNDEFINED, "whether it is true"),
    ("tags.c.word and User.active", UNDEFINED, "whether it is true"),
    ("~User.active and User.id == 3", UNDEFINED, "whether it is true"),
]
NEGATED = [
    ("not User.active", "WHERE false"),
    ("not Pet.owner", "WHERE false"),
    ("not (User.name == 'a')", "WHERE true"),
    ("not (User.name != 'a')", "WHERE false"),
    ("not User.name.in_(['a'])", UNDEFINED),
    ("not tags.c.word", UNDEFINED),
    ("not (User.id > 3)", UNDEFINED),
    ("User.name in ['a']", "WHERE false"),
    ("User.name not in ['a']", "WHERE true"),
    ("tags.c.word in ['a']", "WHERE false"),
]


def test_which_condition_is_left(tmp_path):
    files = {"models.py": MODELS.replace("CONDITION", "True")}
    left = conditions(tmp_path, files, *(f"select(User.id).where({text})" for text, _, _ in JOINED))
    assert left == [kept for _, kept, _ in JOINED]
    for text, kept, message in JOINED:
        with written({"models.py": MODELS.replace("CONDITION", text)}) as root:
            (finding,) = lint(root, BOOLEAN.name).findings
        assert message in finding.message, text
        assert finding.runtime == (UNDEFINED.removeprefix("TypeError: ") if kept == UNDEFINED else "")


def test_what_negations_and_memberships_become(tmp_path):
    files = {"models.py": MODELS.replace("CONDITION", "True")}
    assert conditions(tmp_path, files, *(f"select(User.id).where({text})" for text, _ in NEGATED)) == [
        kept for _, kept in NEGATED
    ]
    for text, kept in NEGATED:
        quoted = found({"models.py": MODELS.replace("CONDITION", text)}, NEGATION)
        assert quoted == [kept.removeprefix("TypeError: ")], text


@pytest.mark.parametrize("rule", [IDENTITY, NEGATION], ids=lambda rule: rule.name)
def test_what_is_mended_reaches_the_database(tmp_path, testdata, rule):
    """The queries of the mended testdata can be written, and none is left that is always true or false."""
    case = read_case(testdata / rule.name / "conditions")
    models = case.files["models.py"]
    probe = {
        "identity-comparison": ["User.deleted_at.is_(None)", "User.name.is_not(None)", "tags.c.word.is_(None)"],
        "negation-or-membership": ["~User.active", "User.name.in_(['a'])", "User.name.not_in(['a'])"],
    }[rule.name]
    left = conditions(tmp_path, {"models.py": models}, *(f"select(User.id).where({text})" for text in probe))
    assert all("false" not in text and "true" not in text and text.startswith("WHERE ") for text in left)
    assert all(text in case.golden["code.py"].replace('["a", "b"]', "['a']") for text in probe[:2])
