"""Emptying test functions before a file is parsed changes nothing of what is read from it."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linter.extract import python as reader
from linter.extract import skim
from linter.facts import syntax as s

LONG = "        self.client.get('/a/very/long/path', data={'one': 1, 'two': 2}, follow=True)\n" * 4


def read(text: str) -> tuple[object, ...]:
    """What is read, but for whether something is broken: nobody knows that of what was not parsed."""
    found = reader.extract(text.encode())
    return _whole(found)


def read_all(text: str) -> tuple[object, ...]:
    return _whole(reader._Reader(text.encode()).read())


def _whole(found: reader.Extracted) -> tuple[object, ...]:
    module = s.Module(found.module.body, found.module.uses, False, found.module.gives)
    return module, found.spans, found.bodies, found.starts


def case(*methods: str) -> str:
    return "import unittest\n\n\nclass Tests(unittest.TestCase):\n" + "".join(methods) + "\n    x = 1\n"


def method(body: str, name: str = "test_it") -> str:
    return f"    def {name}(self):\n{body}"


TRICKY = {
    "plain": case(method(LONG), method(LONG, "setUp"), method(LONG, "helper")),
    "ends in a block": case(
        method(LONG + "        with x:\n            y = 1\n        # a comment\n\n    # another\n")
    ),
    "ends in a bracket": case(method(LONG + "        f(\n            1,\n        )\n"), method(LONG, "test_two")),
    "a bracket that hangs out": case(method(LONG + "        f(\n    a,\n    b)\n" + LONG), method("        pass\n")),
    "a bracket with names at the left": case(method(LONG + "        f(\nname,\nother)\n" + LONG)),
    "a bracket with names below": case(method(LONG + "        f(\n        name,\n        other)\n")),
    "a text of many lines": case(method('        """Say\n        it.\n        """\n' + LONG)),
    "a text that hangs out": case(
        method('        a = """\nclass A:\n    def test_b(self):\n        pass\n"""\n' + LONG)
    ),
    "a text at the end": case(method(LONG + '        a = """\n        import b\n        """\n')),
    "code in a text": f'import pytest\nCODE = """\ndef test_one():\n{LONG}    x = 1\n"""\n',
    "half a text in a comment": case(method(f'        # """\n{LONG}'), method(LONG, "test_two")),
    "else after the last statement": case(
        method(LONG + "        if a:\n            b\n        else:\n            c\n")
    ),
    "a continued line": case(method(LONG + "        a = b + \\\n    c\n" + LONG)),
    "decorated and async": case("    @mock.patch('x')\n    async def test_it(self, m):\n" + LONG),
    "inside a function": f"import pytest\n\n\ndef make():\n    class T:\n        def test_it(self):\n{LONG}    return T\n",
    "inside a test": case(method(LONG + "        def test_inner():\n            pass\n" + LONG)),
    "broken": case(method(LONG + "        f(\n"), method(LONG, "test_two")),
    "wide characters": case(method("        'größe — ' + x\n" + LONG)),
    "at the end of the file": "import pytest\n\ndef test_it():\n" + LONG.replace("        ", "    ").rstrip(),
    "tabs": case(method(LONG)).replace("    ", "\t"),
    "several lines of parameters": case("    def test_it(\n        self,\n    ):\n" + LONG),
}


@pytest.mark.parametrize("name", TRICKY)
def test_what_is_read_is_the_same(name: str) -> None:
    assert read(TRICKY[name]) == read_all(TRICKY[name])


def test_test_functions_are_emptied() -> None:
    text, emptied = skim.emptied(TRICKY["plain"].encode())
    assert len(emptied) == 2
    assert len(text) == len(TRICKY["plain"])
    assert text.count(b"client") == len(emptied) + 4  # the last statement of each, and the helper's
    assert reader._without_tests(TRICKY["plain"].encode()) is not None


def test_where_it_may_be_wrong_everything_is_parsed() -> None:
    text = TRICKY["a bracket with names below"].encode()
    assert skim.emptied(text)[1]
    assert reader._without_tests(text) is None


PIECES = st.sampled_from([
    *(line + "\n" for text in TRICKY.values() for line in text.splitlines()[:9]), '    """\n', "    )\n", "(\n", "    '''\n",
    "    def test_more(self):\n", "        def test_deep():\n", "def test_top():\n", "        last\n", "    else:\n", LONG,
])  # fmt: skip


CALL = "        self.client.get('/a/very/long/path', data={'one': 1, 'two': 2}, follow=True)\n"


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14))
@example(["def test_it():\n", CALL, "    def test_it(self):\n", "    def test_it(self):\n", CALL, CALL])
def test_whatever_is_written(pieces: list[str]) -> None:
    text = "import pytest\n" + "".join(pieces)
    assert read(text) == read_all(text)
