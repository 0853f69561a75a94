"""What a test function does is parsed only when asked for; what comes out is the same as if it had been read at once."""

from __future__ import annotations

from linter.extract import facts_of, skim
from linter.extract import python as reader
from linter.facts import syntax as s
from linter.facts.files import PythonFile
from linter.project.units import Unit

TEXT = '''
import unittest


class ThingTests(unittest.TestCase):
    @classmethod
    async def setUpTestData(cls):
        """Größe"""
        def inner(x):
            def innermost(): return x.gone
            return Thing.objects.create(a=x)
        cls.thing = inner(1)

    def test_one(self):
        with self.assertRaises(ValueError) as caught:
            f = lambda: 1
        self.assertEqual(Thing.objects.filter(name="x").count(), 1)

    def helper(self):
        return 1


def test_two():
    def deep(): pass
    deep()
'''


def unit(text: str) -> Unit:
    facts = facts_of("tests.py", "python", text.encode())
    assert isinstance(facts, PythonFile)
    return Unit("tests.py", "tests", facts)


def functions(block: tuple[s.Stmt, ...], of: Unit) -> list[s.FunctionDef]:
    """Every function below a block, depth first, by asking for each body."""
    found = []
    for node in block:
        if isinstance(node, s.ClassDef):
            found += functions(node.body, of)
        elif isinstance(node, s.FunctionDef):
            found += [node, *functions(of.body(node).statements, of)]
    return found


def strip(node: object) -> object:
    """A record without the numbers of bodies, which differ between the two ways of reading."""
    if isinstance(node, s.FunctionDef):
        return (node.name, node.params, node.decorators, node.returns, node.is_async)
    if isinstance(node, tuple):
        return tuple(strip(x) for x in node)
    return node


def test_bodies_of_tests_are_left_unread() -> None:
    found = reader.extract(TEXT.encode())
    assert [body.unread[:15] for body in found.bodies if body.unread] == [
        "async def setUp",
        "def test_one(se",
        "def test_two():",
    ]


def test_reading_on_demand_gives_what_reading_at_once_gives(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    lazy = unit(TEXT)
    monkeypatch.setattr(skim, "_TEST_FILES", ())
    eager = unit(TEXT)
    ours, theirs = functions(lazy.module.body, lazy), functions(eager.module.body, eager)
    assert [f.name for f in ours] == [f.name for f in theirs] != []
    assert {"inner", "innermost", "deep"} <= {f.name for f in ours}
    for mine, other in zip(ours, theirs, strict=True):
        assert strip(lazy.body(mine).statements) == strip(eager.body(other).statements)
        spans = len(lazy.body(mine).spans) // 2
        assert spans == len(eager.body(other).spans) // 2
        for at in range(spans):
            assert lazy.span(at, mine) == eager.span(at, other)


def test_a_function_called_test_outside_of_tests_is_read_at_once() -> None:
    found = reader.extract(b"def test_connection(self):\n    return self.ping()\n")
    assert not any(body.unread for body in found.bodies)
