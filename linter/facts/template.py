"""Django and Jinja templates as far as ormlint needs them: which names are read where, and what binds them. No text.

Both languages become one tree. What they do not share (filters with arguments, calls, subscripts) has records of its own;
what a path *means* differs too, but that is the evaluator's business. As in `facts.syntax`, every record that a finding
may point at has `at`, an index into the template's span table, and what the reader did not understand is `Unknown`.
"""

from __future__ import annotations

from typing import Literal, Union

import msgspec

NOWHERE = -1

Syntax = Literal["django", "jinja", "either"]


class _Record(msgspec.Struct, frozen=True, array_like=True, gc=False):
    pass


# --- expressions -----------------------------------------------------------------------------------------------------


class Unknown(_Record, frozen=True, tag=0):
    """Something the reader does not model."""


class Name(_Record, frozen=True, tag=1):
    id: str
    at: int = NOWHERE


class Attr(_Record, frozen=True, tag=2):
    """`value.name`; `at` is everything from the path's start to the end of `name`. A Django index (`items.0`) is one too."""

    value: Expr
    name: str
    at: int = NOWHERE


class Item(_Record, frozen=True, tag=3):
    """Jinja's `value[index]`."""

    value: Expr
    index: Expr


class Keyword(_Record, frozen=True):
    name: str
    value: Expr


class Call(_Record, frozen=True, tag=4):
    """Jinja's `func(*args, **keywords)`; `is_exact` where no `*args` or `**kwargs` add to it."""

    func: Expr
    args: tuple[Expr, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    is_exact: bool = True


class Filter(_Record, frozen=True, tag=5):
    """`value|name:arg`, `value|name(args)`."""

    value: Expr
    name: str
    args: tuple[Expr, ...] = ()


class Test(_Record, frozen=True, tag=6):
    """Jinja's `value is name(args)`."""

    value: Expr
    name: str
    args: tuple[Expr, ...] = ()


class Const(_Record, frozen=True, tag=7):
    value: Union[str, int, float, bool, None]


class Op(_Record, frozen=True, tag=8):
    """An operator with its operands, spelt as in Python: `and or not == != < in`, `+ ~ %` …"""

    op: str
    operands: tuple[Expr, ...]


class Cond(_Record, frozen=True, tag=9):
    """Jinja's `body if test else orelse`; without `else` it is undefined otherwise."""

    test: Expr
    body: Expr
    orelse: Union[Expr, None]


class Seq(_Record, frozen=True, tag=10):
    kind: Literal["list", "tuple"]
    items: tuple[Expr, ...]


class Dict(_Record, frozen=True, tag=11):
    items: tuple[tuple[Expr, Expr], ...]


Expr = Union[Unknown, Name, Attr, Item, Call, Filter, Test, Const, Op, Cond, Seq, Dict]


# --- nodes -----------------------------------------------------------------------------------------------------------


class Output(_Record, frozen=True, tag=30):
    """`{{ expr }}`, or an expression that is evaluated for its effect."""

    expr: Expr


class If(_Record, frozen=True, tag=31):
    """`elif` is an If alone in `orelse`."""

    test: Expr
    body: tuple[Node, ...]
    orelse: tuple[Node, ...] = ()


class For(_Record, frozen=True, tag=32):
    """`target` is a Name or a tuple of targets."""

    target: Expr
    iterable: Expr
    body: tuple[Node, ...]
    empty: tuple[Node, ...] = ()
    condition: Union[Expr, None] = None


class With(_Record, frozen=True, tag=33):
    """Names for the body. `is_opaque`: the body's own paths are no lookups (Django's blocktranslate)."""

    bindings: tuple[Keyword, ...]
    body: tuple[Node, ...]
    is_opaque: bool = False


class Include(_Record, frozen=True, tag=34):
    """`template`: an expression, a plain name or a list of names where they are literal. `only`: the context stays outside."""

    template: Expr
    bindings: tuple[Keyword, ...] = ()
    only: bool = False


class Extends(_Record, frozen=True, tag=35):
    template: Expr


class Block(_Record, frozen=True, tag=36):
    name: str
    body: tuple[Node, ...]


class Set(_Record, frozen=True, tag=37):
    """`{% set target = value %}`; bound until the end of the enclosing scope."""

    target: Expr
    value: Expr


class Tag(_Record, frozen=True, tag=38):
    """Any other tag. `args` and `keywords` are what its words would mean as expressions, `binds` the names after `as`. Where
    it encloses something, that follows as its siblings: only what a tag binds could make a difference."""

    name: str
    args: tuple[Expr, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    binds: tuple[str, ...] = ()


class Load(_Record, frozen=True, tag=39):
    """`{% load a b %}`, `{% load name from library %}` (then `names` are set)."""

    libraries: tuple[str, ...]
    names: tuple[str, ...] = ()


class Macro(_Record, frozen=True, tag=40):
    """A Jinja macro, or the caller block of `{% call(params) … %}` (its name is empty)."""

    name: str
    params: tuple[str, ...]
    defaults: tuple[Expr, ...]
    body: tuple[Node, ...]


class Import(_Record, frozen=True, tag=41):
    """`{% import template as target %}`, or `{% from template import names %}` as (name, local name) pairs."""

    template: Expr
    target: str = ""
    names: tuple[tuple[str, str], ...] = ()
    with_context: bool = False


Node = Union[Output, If, For, With, Include, Extends, Block, Set, Tag, Load, Macro, Import]


class Link(_Record, frozen=True):
    """A template that this one names (`name` is empty where it is not a literal), a tag that may render one, or a macro that
    it defines."""

    kind: Literal["include", "extends", "import", "tag", "macro"]
    name: str


class Header(_Record, frozen=True):
    """The first fields of a Template: enough to know how templates hang together, decoded without the tree. They are its
    interface: while they stay the same, only who has read the rest depends on it."""

    syntax: Syntax
    is_broken: bool
    links: tuple[Link, ...]


class Template(_Record, frozen=True):
    """`is_broken`: the parser met what it does not know, and something may be missing here."""

    syntax: Syntax
    is_broken: bool
    links: tuple[Link, ...]
    nodes: tuple[Node, ...]
    spans: tuple[int, ...]  # UTF-8 byte offsets, two for each `at`


class Delimiters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a Jinja environment marks its tags."""

    variable_start: str = "{{"
    variable_end: str = "}}"
    block_start: str = "{%"
    block_end: str = "%}"
    comment_start: str = "{#"
    comment_end: str = "#}"
    line_statement_prefix: Union[str, None] = None
    line_comment_prefix: Union[str, None] = None


DEFAULT_DELIMITERS = Delimiters()
