"""Declarations that would take for ever to work out, or for ever to hold, are left unknown in no time."""

import time

import pytest

from linter.extract import facts_of
from linter.inspect import mappers, tables
from linter.project import Project
from linter.project.sqlalchemy.naming import flask_name
from linter.source import decode

HEAD = "from sqlalchemy import *\nfrom sqlalchemy.orm import *\nimport re\nBase = declarative_base()\n"
CLASS = "class A(Base):\n    __tablename__ = {}\n    id = Column(Integer, primary_key=True)\n"
DOUBLING = "".join(f"def f{i}(x): return f{i - 1}(x) + f{i - 1}(x)\n" for i in range(1, 40))

UNKNOWABLE = {
    "calls that double": f"def f0(x): return x\n{DOUBLING}" + CLASS.format("f39('a')"),
    "a text that doubles": "a = 'x'\n" + "a = a + a\n" * 3 + "b = a\n" + "".join(
        f"b{i} = {'b' if i == 0 else f'b{i - 1}'} + {'b' if i == 0 else f'b{i - 1}'}\n" for i in range(60)
    ) + CLASS.format("b59"),
    "a width of a gigabyte": CLASS.format("'%999999999d' % 1"),
    "a pattern without end": CLASS.format(f"re.sub('(a|a)*b', 'x', {'a' * 60!r})"),
    "many repeats": CLASS.format(f"re.sub('.*.*.*.*.*.*c', 'x', {'a' * 90!r})"),
    "loops in loops": "y = 'abcdefghij'\nz = [[[[[[a + b for a in y] for b in y] for c in y] for d in y] for e in y] for f in y]\n"
    + CLASS.format("z[0][0][0][0][0][0]"),
    "a name that is itself": "x = x\n" + CLASS.format("x"),
    "a class that is its base": "class A(A): pass\nclass B(B, Base):\n    __tablename__ = B.__tablename__\n",
    "functions that call each other": "def f(): return g()\ndef g(): return f()\n" + CLASS.format("f()"),
}  # fmt: skip


def read(files: dict[str, str]) -> Project:
    raw = {path: text.encode() for path, text in files.items()}
    return Project(
        {path: facts_of(path, "python", data) for path, data in raw.items()}, lambda path: decode(path, raw[path])
    )


@pytest.mark.parametrize("text", UNKNOWABLE.values(), ids=UNKNOWABLE)
def test_what_has_no_end_is_left_unknown(text: str) -> None:
    before = time.process_time()
    project = read({"m.py": HEAD + text})
    assert tables.records(project) == []
    mappers.records(project)
    assert time.process_time() - before < 3
    assert all(metadata.open for metadata in project.tables.metadatas.all.values())


def test_a_long_line_of_bases_across_files() -> None:
    files = {f"m{i:03}.py": f"from m{i + 1:03} import A{i + 1}\nclass A{i}(A{i + 1}): pass\n" for i in range(300)}
    files["m300.py"] = (
        HEAD + "class A300(Base):\n    __tablename__ = 'last'\n    id = Column(Integer, primary_key=True)\n"
    )
    assert [table["name"] for table in tables.records(read(files))] == ["last"]


@pytest.mark.parametrize("end", range(0, 900, 7))
def test_half_typed_declarations_are_read(end: int) -> None:
    project = read({"m.py": (HEAD + CLASS.format("'people'") + HALF)[:end]})
    tables.records(project)
    mappers.records(project)


HALF = """
members = Table("members", Base.metadata, Column("a_id", ForeignKey("people.id"), primary_key=True), schema="app")

class B(A):
    __tablename__ = f"{A.__tablename__}_more"
    __table_args__ = (UniqueConstraint("id"), {"schema": "app"})
    id: Mapped[int] = mapped_column(ForeignKey(A.id), primary_key=True)
    others: Mapped[list["A"]] = relationship(secondary=members, back_populates="x", foreign_keys=[members.c.a_id])
    @declared_attr
    def x(cls) -> Mapped["B"]:
        return relationship(lambda: B, remote_side="B.id")
"""


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("User", "user"), ("UserAddress", "user_address"), ("HTTPRequest", "http_request"), ("APIKey", "api_key"),
        ("UserV2", "user_v2"), ("User2FA", "user2_fa"), ("OAuth2Token", "o_auth2_token"), ("camelCase", "camel_case"),
        ("X", "x"),
    ],
)  # fmt: skip
def test_flask_sqlalchemys_rule(name: str, table: str) -> None:
    assert flask_name(name) == table
