"""Python as far as ormlint needs it: small expression and statement records, free of any parser's types.

Every record that a finding may point at has `at`, an index into the span table of its unit (`Module.spans` for what
stands at module and class level, `Body.spans` for what stands in a function). Spans live apart from the records so that
an edit which only moves code leaves the records, and therefore the digest of a file's interface, as they were.

What the reader could not make sense of is `Unknown`, a value of its own: never a guess, never None.
"""

from __future__ import annotations

from typing import Literal, Union

import msgspec

from linter.span import Span

NOWHERE = -1


class _Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    pass


# --- expressions -----------------------------------------------------------------------------------------------------


class Unknown(_Record, frozen=True, tag=0):
    """Something the reader does not model (or that lies too deep to follow)."""


class Name(_Record, frozen=True, tag=1):
    id: str
    at: int = NOWHERE


class Attr(_Record, frozen=True, tag=2):
    """`value.name`; `at` is the whole expression."""

    value: Expr
    name: str
    at: int = NOWHERE


class Keyword(_Record, frozen=True):
    """`name=value` in a call; `**value` has an empty name. `at` is the name, or the whole `**value`."""

    name: str
    value: Expr
    at: int = NOWHERE


class Call(_Record, frozen=True, tag=3):
    """`func(*args, **keywords)`; `at` is the whole call."""

    func: Expr
    args: tuple[Expr, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    at: int = NOWHERE

    def keyword(self, name: str) -> Expr | None:
        for keyword in self.keywords:
            if keyword.name == name:
                return keyword.value
        return None

    @property
    def is_exact(self) -> bool:
        """No `*args` and no `**kwargs`: every argument of the call is seen."""
        return all(k.name for k in self.keywords) and not any(isinstance(a, Starred) for a in self.args)


class Str(_Record, frozen=True, tag=4):
    """A string literal, adjacent literals joined. `at` includes the quotes."""

    value: str
    at: int = NOWHERE


class Lit(_Record, frozen=True, tag=5):
    """A number, bool or None."""

    value: int | float | bool | None


class Seq(_Record, frozen=True, tag=6):
    """A list, tuple or set display; an item may be Starred."""

    kind: Literal["list", "tuple", "set"]
    items: tuple[Expr, ...]
    at: int = NOWHERE


class Starred(_Record, frozen=True, tag=7):
    value: Expr


class Dict(_Record, frozen=True, tag=8):
    """A dict display; an item whose key is None is `**value`."""

    items: tuple[tuple[Union[Expr, None], Expr], ...]
    at: int = NOWHERE


class Sub(_Record, frozen=True, tag=9):
    """`value[index]`; a slice's index is Unknown."""

    value: Expr
    index: Expr


class Op(_Record, frozen=True, tag=10):
    """An operator with its operands: `+ | & % …`, `and or not`, comparisons `== != < is in …` (`is not`, `not in`)."""

    op: str
    operands: tuple[Expr, ...]


class Cond(_Record, frozen=True, tag=11):
    """`body if test else orelse`."""

    test: Expr
    body: Expr
    orelse: Expr


class FString(_Record, frozen=True, tag=12):
    """An f-string: Str parts and the expressions between them."""

    parts: tuple[Expr, ...]
    at: int = NOWHERE


class Clause(_Record, frozen=True):
    target: Expr
    iterable: Expr
    conditions: tuple[Expr, ...] = ()


class Comp(_Record, frozen=True, tag=13):
    """A comprehension; a dict comprehension's element is a Dict with one item."""

    kind: Literal["list", "set", "dict", "generator"]
    element: Expr
    clauses: tuple[Clause, ...]


class Lambda(_Record, frozen=True, tag=14):
    params: tuple[Param, ...]
    body: Expr


class Walrus(_Record, frozen=True, tag=15):
    name: str
    value: Expr


class Await(_Record, frozen=True, tag=16):
    value: Expr


class Bytes(_Record, frozen=True, tag=17):
    """A bytes literal; its value never matters to a check."""


Expr = Union[
    Unknown, Name, Attr, Call, Str, Lit, Seq, Starred, Dict, Sub, Op, Cond, FString, Comp, Lambda, Walrus, Await, Bytes
]


class Param(_Record, frozen=True):
    """`kind`: "" for an ordinary parameter, "/" positional-only, "*" for *args, "**" for **kwargs, "kw" keyword-only."""

    name: str
    annotation: Expr | None = None
    default: Expr | None = None
    kind: str = ""


# --- statements ------------------------------------------------------------------------------------------------------


class Import(_Record, frozen=True, tag=30):
    """`import module [as local]`: binds `local` (the first part of the name where there is no `as`)."""

    module: str
    local: str
    at: int = NOWHERE

    @property
    def bound(self) -> str:
        """The module that `local` names: `import a.b` binds `a`, `import a.b as c` binds `a.b`."""
        return self.module if self.local != self.module.partition(".")[0] or "." not in self.module else self.local


class ImportFrom(_Record, frozen=True, tag=31):
    """`from module import name as local`, one record for each name; `level` counts the leading dots; name may be `*`."""

    module: str
    level: int
    name: str
    local: str
    at: int = NOWHERE


class Assign(_Record, frozen=True, tag=32):
    """`targets = value`; an annotated assignment has one target and an `annotation`, and perhaps no value."""

    targets: tuple[Expr, ...]
    value: Expr | None
    annotation: Expr | None = None
    at: int = NOWHERE


class AugAssign(_Record, frozen=True, tag=33):
    target: Expr
    op: str
    value: Expr
    at: int = NOWHERE


class ExprStmt(_Record, frozen=True, tag=34):
    value: Expr
    at: int = NOWHERE


class Return(_Record, frozen=True, tag=35):
    """`return value`; with `is_yield` a `yield value` statement."""

    value: Expr | None
    is_yield: bool = False


class If(_Record, frozen=True, tag=36):
    """`elif` is an If alone in `orelse`; a `match` is a chain of Ifs with Unknown tests; `while` has `loop` set."""

    test: Expr
    body: tuple[Stmt, ...]
    orelse: tuple[Stmt, ...] = ()
    loop: bool = False


class For(_Record, frozen=True, tag=37):
    target: Expr
    iterable: Expr
    body: tuple[Stmt, ...]
    orelse: tuple[Stmt, ...] = ()


class With(_Record, frozen=True, tag=38):
    """Each item is (context expression, target or None)."""

    items: tuple[tuple[Expr, Union[Expr, None]], ...]
    body: tuple[Stmt, ...]


class Handler(_Record, frozen=True):
    type: Expr | None
    name: str
    body: tuple[Stmt, ...]


class Try(_Record, frozen=True, tag=39):
    body: tuple[Stmt, ...]
    handlers: tuple[Handler, ...] = ()
    orelse: tuple[Stmt, ...] = ()
    final: tuple[Stmt, ...] = ()


class Jump(_Record, frozen=True, tag=40):
    """`raise`, `continue`, `break`: control leaves this block."""

    kind: Literal["raise", "continue", "break"]
    value: Expr | None = None


class Assert(_Record, frozen=True, tag=41):
    test: Expr


class FunctionDef(_Record, frozen=True, tag=42):
    """A function's face; what it does is body number `body` of its file. `at` is the name."""

    name: str
    params: tuple[Param, ...]
    decorators: tuple[Expr, ...]
    returns: Expr | None
    is_async: bool
    body: int
    at: int = NOWHERE


class ClassDef(_Record, frozen=True, tag=43):
    """`at` is the name. `keywords` are the class statement's (`metaclass=…`, `table=True`)."""

    name: str
    bases: tuple[Expr, ...]
    keywords: tuple[Keyword, ...]
    decorators: tuple[Expr, ...]
    body: tuple[Stmt, ...]
    at: int = NOWHERE


class Delete(_Record, frozen=True, tag=44):
    """`del name` of a plain name."""

    name: str


Stmt = Union[
    Import,
    ImportFrom,
    Assign,
    AugAssign,
    ExprStmt,
    Return,
    If,
    For,
    With,
    Try,
    Jump,
    Assert,
    FunctionDef,
    ClassDef,
    Delete,
]


# --- units -----------------------------------------------------------------------------------------------------------


class Body(_Record, frozen=True):
    """The statements of one function; its spans are relative to the function's start.

    What a test does is seldom asked for and makes up most of many projects: such a body is `unread`, the function's own
    text, and is parsed when somebody asks (`Unit.body`)."""

    statements: tuple[Stmt, ...]
    spans: tuple[int, ...] = ()
    unread: str = ""


class Module(_Record, frozen=True):
    """The interface of a Python file: what it imports, defines and does when imported. No span in it."""

    body: tuple[Stmt, ...]
    uses: tuple[str, ...] = ()  # words that gates ask for (see extract.python.GATES) and that stand in this file
    broken: bool = False  # the parser met syntax it does not know; what it could read is here all the same
    gives: tuple[
        str, ...
    ] = ()  # names that objects are given at run time: `obj.x = …`, `annotate(x=…)`, `setattr(obj, "x", …)`


def span_at(spans: tuple[int, ...] | list[int], at: int, base: int = 0) -> Span:
    """The span of a record whose table is `spans`, shifted by `base`; NOWHERE is the empty span at `base`."""
    if at < 0:
        return Span(base, base)
    return Span(base + spans[2 * at], base + spans[2 * at + 1])
