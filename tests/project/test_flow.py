"""What expressions of plain Python are: each `reveal(…)` is what the comment after it says."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from linter.facts import syntax as s
from linter.project import Project
from linter.project.flow.walk import parts_in
from tests.project.flow_texts import expected, revealed, text

Build = Callable[[dict[str, str]], Project]

THINGS = """
    class Base:
        kind = "base"

        def copy(self):
            return self

    class Thing(Base):
        def __init__(self, owner=None):
            self.parts = []
            self.owner = owner

        def other(self):
            return Other()

        @property
        def first(self):
            return self.other()

        @classmethod
        def make(cls):
            return cls()

        @staticmethod
        def count():
            return 3

    class Other:
        def thing(self):
            return Thing()
"""

CASES = {
    "iterators that return themselves": """
        class Lines:
            def __iter__(self):
                return self
            def __next__(self):
                return Thing()
        class Ping:
            def __iter__(self):
                return Pong()
        class Pong:
            def __iter__(self):
                return Ping()
        def f():
            for line in Lines():
                reveal(line)  # Thing()
            for each in Ping():
                reveal(each)  # ?
        """,
    "attributes changed in place": """
        class Box:
            names = {"x": 1}
            def __init__(self):
                self.things = []
                self.tree = {}
            def add(self, key):
                self.things.append(Thing())
                self.names.update(y=2)
                self.tree.update({"above": self.tree})
                self.missing.append(1)
                reveal(self.things)  # [Thing()]
                reveal(self.names)  # {x: 1, y: 2}
                reveal(self.missing)  # ?
        """,
    "assignments in order": """
        x = 1
        x = "a"
        def f():
            y = Thing()
            reveal(y)  # Thing()
            y = Other()
            reveal(y)  # Other()
            a, (b, c) = Thing(), (1, Other())
            reveal(c)  # Other()
            first, *rest = [Thing(), Thing()]
            reveal(rest)  # [Thing()]
        """,
    "branches join": """
        def f(n):
            if n:
                x = Thing()
            elif n > 3:
                x = Other()
            else:
                x = None
            reveal(x)  # None | Other() | Thing()
            reveal(Thing() if n else 1)  # 1 | Thing()
            reveal(None or Other())  # Other()
        """,
    "what returns or raises does not join": """
        def f(n):
            if n:
                x = Thing()
            else:
                return
            reveal(x)  # Thing()
            try:
                x = Other()
            except KeyError:
                raise
            reveal(x)  # Other()
            while True:
                x = 1
                if n:
                    break
                x = 2
            reveal(x)  # 1
        """,
    "a handler sees any statement of its try": """
        def f():
            x = 1
            try:
                x = Thing()
                x = Other()
            except Exception:
                reveal(x)  # 1 | Other() | Thing()
            finally:
                reveal(x)  # 1 | Other() | Thing()
        """,
    "loops": """
        def f():
            x = None
            for thing in [Thing()]:
                reveal(x)  # None | Other()
                x = thing.other()
                reveal(thing)  # Thing()
            else:
                reveal(x)  # None | Other()
            for i, (name, other) in enumerate(zip("ab", [Other()])):
                reveal(other)  # Other()
                reveal(i)  # int
        """,
    "a type that grows in a loop stands still in the end": """
        class A:
            def next(self):
                return B()
        class B:
            def next(self):
                return C()
        class C:
            def next(self):
                return None
        def f():
            x = A()
            while x:
                x = x.next()
            reveal(x)  # A() | B() | C() | None
        """,
    "dicts filled in steps": """
        def f(request, **extra):
            context = {"a": Thing()}
            context["b"] = Other()
            if extra:
                context.update(c=1, **{"d": 2})
            context |= {"e": 3}
            context.setdefault("f", 4)
            reveal(context)  # {a: Thing(), b: Other(), c: 1, d: 2, e: 3, f: 4}
            reveal({**context, "a": 5}["a"])  # 5
            reveal(context.get("b"))  # Other()
            context[extra] = 1
            reveal(context)  # {a: Thing(), b: Other(), c: 1, d: 2, e: 3, f: 4, ...}
            reveal({"a": 1, **extra})  # {a: 1, ...}
            reveal(dict(a=1, b=Thing()))  # {a: 1, b: Thing()}
            reveal({name: Thing() for name in "ab"}["a"])  # Thing()
        """,
    "lists filled in steps": """
        def f():
            things = []
            for other in [Other()]:
                things.append(other.thing())
            things.extend([Other()])
            reveal(things)  # [Other() | Thing()]
            reveal(things[0])  # Other() | Thing()
            reveal(things[1:])  # [Other() | Thing()]
            reveal([t for t in things if t])  # [Other() | Thing()]
            reveal(sorted(things, key=str))  # [Other() | Thing()]
            nothing = []
            for x in nothing:
                reveal(x)  # ?
        """,
    "what a hundred statements fill": "\ndef f():\n    context = {}\n"
    + "".join(f'    context["k{n}"] = {n}\n' for n in range(100))
    + '    reveal(context["k99"])  # 99\n',
    "classes": """
        def f():
            thing = Thing(owner=Other())
            reveal(thing.kind)  # 'base'
            reveal(thing.copy())  # Thing()
            reveal(thing.first)  # Other()
            reveal(Thing.make())  # Thing()
            reveal(Thing.count())  # 3
            reveal(thing.parts)  # []
            reveal(thing.first.thing().first)  # Other()
            reveal(Thing)  # type Thing
            reveal(type(thing))  # type Thing
            reveal(thing.nothing)  # ?
        """,
    "super and overrides": """
        class A:
            def make(self):
                return {"a": 1}
        class Mixin:
            def make(self):
                return {**super().make(), "mixin": 2}
        class B(Mixin, A):
            def make(self):
                found = super().make()
                found["b"] = 3
                return found
        def f():
            reveal(B().make())  # {a: 1, mixin: 2, b: 3}
        """,
    "self may be a subclass": """
        class A:
            limit = 1
            size = 2
            def get(self):
                reveal(self.limit)  # ?
                reveal(self.size)  # 2
        class B(A):
            limit = "b"
        def f():
            reveal(A().limit)  # 1
            reveal(B().limit)  # 'b'
        """,
    "functions": """
        def same(x):
            return x
        def one_or_none(n, default=None):
            if n:
                return Thing()
            return default
        def numbers():
            yield 1
            yield "a"
        def fails():
            raise KeyError
        def keywords(**kwargs):
            return kwargs
        def f():
            reveal(same(Thing()))  # Thing()
            reveal(same(1))  # 1
            reveal(one_or_none(1))  # None | Thing()
            reveal(one_or_none(1, default=Other()))  # Other() | Thing()
            reveal([x for x in numbers()])  # ['a' | 1]
            reveal(fails())  # never
            reveal(keywords(a=1, **{"b": 2}))  # {b: 2, a: 1}
        """,
    "recursion ends": """
        def even(n):
            return Thing() if n == 0 else odd(n - 1)
        def odd(n):
            return Other() if n == 0 else even(n - 1)
        def forever(n):
            return forever(n)
        def f():
            reveal(even(1))  # Other() | Thing()
            reveal(forever(1))  # never
        """,
    "closures": """
        def f():
            context = {"a": 1}
            def inner():
                return context
            context["b"] = 2
            reveal(inner())  # {a: 1, b: 2}
        """,
    "decorators": """
        import functools
        from contextlib import contextmanager
        from elsewhere import changes
        @functools.lru_cache
        def cached():
            return Thing()
        @changes
        def changed():
            return Thing()
        @changes
        def promised() -> Thing:
            return 1
        @contextmanager
        def managed():
            yield Thing()
        def f():
            reveal(cached())  # Thing()
            reveal(changed())  # ?
            reveal(promised())  # Thing()
            with managed() as thing:
                reveal(thing)  # Thing()
        """,
    "annotations": """
        from __future__ import annotations
        from typing import Any, Optional
        def f(a: Thing, b: "Optional[Other]", c: list[Thing], d: dict[str, Other], e: Any, g: tuple[int, Thing], h: Thing | None):
            reveal(a)  # Thing()
            reveal(b)  # None | Other()
            reveal(c)  # [Thing()]
            reveal(d["x"])  # Other()
            reveal(e)  # ?
            reveal(g)  # (int, Thing())
            reveal(h)  # None | Thing()
            later: list[Other] = []
            reveal(later)  # [Other()]
        """,
    "isinstance narrows": """
        def f(x):
            if isinstance(x, Thing):
                reveal(x)  # Thing()
            if not isinstance(x, (Thing, Other)):
                return
            reveal(x)  # Other() | Thing()
            y = Thing() if x else Other()
            assert isinstance(y, Thing)
            reveal(y)  # Thing()
        """,
    "texts": """
        app = "shop"
        def f(n):
            reveal(f"{app}/list.html")  # 'shop/list.html'
            reveal(app + "/detail.html")  # 'shop/detail.html'
            reveal(f"{n}.html")  # str
            reveal("a,b".split(","))  # [str]
        """,
    "what is not modelled": """
        from somewhere import thing
        def f(x):
            reveal(x)  # ?
            reveal(x.y().z)  # ?
            reveal(thing)  # thing
            reveal(thing())  # thing()
            reveal(thing().name)  # ?
        """,
}


@pytest.mark.parametrize("name", CASES)
def test_what_an_expression_is(build: Build, name: str) -> None:
    code = "from things import Base, Other, Thing\n" + dedent(CASES[name])
    project = build({"app.py": code, "things.py": THINGS})
    assert revealed(project, "app.py") == expected(project, "app.py")


def test_an_answer_does_not_depend_on_what_was_asked_first(build: Build) -> None:
    """Whichever part of a circle is asked first is its head; before that has an answer, the others have none, either."""
    code = """
        class Node:
            def __init__(self):
                self.mark = 1
            def links(self):
                return [Link()]
        class Link:
            def target(self):
                return Node()
        def f():
            todo = {Node()}
            done = set()
            while todo:
                node = todo.pop()
                if node in done:
                    continue
                node.mark = node.mark
                done.add(node)
                todo.update(link.target() for link in node.links())
            return node
    """
    count, found = 1, set()
    first = 0
    while first < count:
        project = build({"app.py": code})
        unit = project.unit("app.py")
        assert unit is not None
        parts = [
            part
            for expr, scope in project.flow.unit_points(unit)
            for kind in (s.Call, s.Name, s.Attr)
            for part in parts_in(expr, scope, kind)
        ]
        count = len(parts)
        for expr, scope in (parts[first], *parts):
            project.flow.expression(scope, expr)
        found.add(tuple(text(project.flow.expression(scope, expr)) for expr, scope in parts))
        first += 1
    assert count > 10
    assert len(found) == 1


def test_names_come_through_modules(build: Build) -> None:
    project = build(
        {
            "app/__init__.py": "from .base import *\nfrom . import base as again\nCHOSEN = Thing",
            "app/base.py": "class Thing:\n    pass\nif 1 < 2:\n    MODE = 1\nelse:\n    MODE = 2\na, b = Thing(), 3",
            "use.py": """
                import app
                from app import CHOSEN, a
                import app.base as other

                def f():
                    from app import Thing as Local
                    reveal(CHOSEN())  # Thing()
                    reveal(app.again.Thing())  # Thing()
                    reveal(other.b)  # 3
                    reveal(a)  # Thing()
                    reveal(app.MODE)  # 1 | 2
                    reveal(Local())  # Thing()
            """,
        }
    )
    assert revealed(project, "use.py") == expected(project, "use.py")


def test_a_missing_attribute_is_told_only_where_every_name_was_seen(build: Build) -> None:
    project = build(
        {
            "app.py": """
                from elsewhere import Unknown
                class Closed:
                    a = 1
                class Below(Closed):
                    below = 1
                class Open(Unknown):
                    a = 1
                class Answers:
                    def __getattr__(self, name):
                        return 1
                def f(thing):
                    thing.given = 1
                    return hasattr(thing, "asked_for")
                def g(x):
                    reveal(Closed())
                    reveal(Open())
                    reveal(Answers())
                    reveal(Closed() if x else Open())
                    reveal(None if x else Closed())
            """
        }
    )
    flow = project.flow
    unit = project.unit("app.py")
    assert unit is not None
    kinds = [flow.expression(scope, call.args[0]) for call, scope in flow.unit_calls(unit) if call.args]
    closed, opened, answers, either, optional = kinds[-5:]
    assert flow.attribute(closed, "b") is None
    assert flow.attribute(optional, "b") is None
    assert flow.attribute(closed, "a") is not None
    for name in ("given", "asked_for", "below"):
        assert flow.attribute(closed, name) is not None, name
    for kind in (opened, answers, either):
        assert flow.attribute(kind, "b") is not None


@pytest.mark.parametrize(
    "code",
    [
        "def f(x):\n    return " + "(" * 40 + "x" + ".g(1))" * 40 + "\nreveal(f(1))",
        "".join(f"def f{n}(x):\n    return f{n + 1}(x)\n" for n in range(400)) + "reveal(f0(1))",
        "x = 0\n" + "".join(f"x = x + {n}\n" for n in range(600)) + "reveal(x)",
        "class A:\n"
        + "".join(f"    def m{n}(self):\n        return self.m{n + 1}()\n" for n in range(300))
        + "reveal(A().m0())",
        "def f(x):\n" + "".join(f"    if x > {n}:\n        x = g(x)\n" for n in range(300)) + "    reveal(x)",
        "".join(f"def f{n}(x):\n    return {{'a': f{n + 1}(x)}}['a'] or f{n + 2}(x).c()\n" for n in range(400))
        + "reveal(f0(1))",
        "class A:\n"
        + "".join(
            f"    @property\n    def m{n}(self):\n        return getattr(self.m{n + 1}, 'x', 1)\n" for n in range(300)
        )
        + "reveal(A().m0)",
        "class A:\n"
        + "".join(f"    def m{n}(self):\n        self.x{n} = self.x{n + 1}\n" for n in range(300))
        + "reveal(A().x0)",
        "".join(f"class A{n}:\n    def __iter__(self):\n        return iter(A{n + 1}())\n" for n in range(300))
        + "reveal([x for x in A0()])",
        "class A:\n    def __iter__(self):\n        return self\nreveal([x for x in A()])",
        "a = b\nb = a\nreveal(a)",
        "get_class = get_class('a', 'b')\nreveal(get_class)",
        "x, get_classes = get_classes.get_class('a', ['b'])\nreveal(get_classes.y)",
        "class A(A):\n    x = A.x\nreveal(A.x)",
        "def f(): return [f()]\nreveal(f())",
        "def f(d): return {'a': f(d), **f(d)}\nreveal(f({}))",
    ],
)
def test_nothing_exhausts_the_stack(build: Build, code: str) -> None:
    assert len(revealed(build({"app.py": code}), "app.py")) == 1


def test_classes_that_load_each_other_end(build: Build) -> None:
    head = "from oscar.core.loading import get_class\n"
    project = build(
        {
            "oscar/core/loading.py": "def get_class(module, name):\n    pass\n",
            "oscar/apps/a.py": head + "X = get_class('b', 'X')\nclass Y(X):\n    pass\n",
            "oscar/apps/b.py": head + "X = get_class('a', 'X')\nreveal(X)\n",
        }
    )
    assert len(revealed(project, "oscar/apps/b.py")) == 1


def test_the_order_of_questions_changes_no_answer(build: Build) -> None:
    code = """
        class Node:
            def up(self):
                return Leaf()
        class Leaf:
            def up(self):
                return None
        def walk():
            node = Node()
            seen = []
            while node:
                seen.append(node)
                parent = node.up()
                node = parent
            reveal(node)
            reveal(parent)
            reveal(seen)
    """
    forwards = build({"app.py": code})
    calls = []
    for project, backwards in ((forwards, False), (build({"app.py": code}), True)):
        unit = project.unit("app.py")
        assert unit is not None
        found = [(call, scope) for call, scope in project.flow.unit_calls(unit) if call.args]
        for call, scope in reversed(found) if backwards else found:
            project.flow.expression(scope, call.args[0])
        calls.append(revealed(project, "app.py"))
    assert calls[0] == calls[1]
    assert set(calls[0].values()) == {"Leaf() | Node() | None", "Leaf() | None", "[Leaf() | Node() | None]"}


def test_a_class_may_name_object_as_its_base(build: Build) -> None:
    project = build({"app.py": "class Old(object):\n    a = 1\nreveal(Old())\n"})
    (old,) = project.names.classes(project.unit("app.py"))  # type: ignore[arg-type]
    assert project.flow.attribute(project.flow.instance_of(project.flow.of_symbol(old)), "b") is None


def test_classes_that_a_call_names_by_text(build: Build) -> None:
    project = build(
        {
            "oscar/__init__.py": "",
            "oscar/core/__init__.py": "",
            "oscar/core/loading.py": "def get_class(module, name):\n    pass\ndef get_classes(module, names):\n    pass\n",
            "oscar/apps/__init__.py": "",
            "oscar/apps/shop/__init__.py": "",
            "oscar/apps/shop/parts.py": "class Part:\n    size = 1\nclass Other:\n    pass\n",
            "app.py": """
                from oscar.core.loading import get_class, get_classes
                Part = get_class("shop.parts", "Part")
                First, Second = get_classes("shop.parts", ["Other", "Part"])

                class Own(Part):
                    pass

                def f():
                    reveal(Part())  # Part()
                    reveal(Second())  # Part()
                    reveal(Own().size)  # 1
            """,
        }
    )
    assert revealed(project, "app.py") == expected(project, "app.py")
