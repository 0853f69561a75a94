"""The facts of a Python file held against Python's own parser: the same records, made from `ast`, must come out.

Input is what lies at hand: the standard library's and this repository's own source, and a sample of every construct.
"""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path
from typing import Any

import pytest

from linter.extract import skim
from linter.extract.python import extract
from linter.facts import syntax as s

SAMPLE = '''
"""doc"""
from __future__ import annotations
import a.b, c as d
from . import x
from ..pkg.mod import (y as z,
    w)  # comment
from q import *
A = B = 1
n: int
m: list["int"] = []
a, (b, *c) = f()
type(a).b = c
f(),
f(), g()
x += 1
del p, q
v = "a" "b" 'c\\n'
w = f"x{y!r:>10}z" "tail"
r = rb"x"
lam = lambda a, *b, c=1, **d: a
comp = [i for i in x if i if j for k in i]
gen = f(i async for i in y)
dic = {**a, "b": 1}
dc = {k: v for k, v in z}
st = {1, 2}
c = a if b else d
big = 99999999999999999999999999
neg = -1
neg2 = -x
flag = not a
both = a and b and c or d
cmp = a < b
chain = a < b < c
isnot = a is not b
notin = a not in b
sub = a[1]
sl = a[1:2]
sl2 = a[1, 2]
if (n := f()) > 1:
    pass
elif y:
    z = 1
else:
    z = 2
while x:
    break
else:
    y = 1
for i, j in x:
    continue
else:
    k = 1
try:
    a = 1
except ValueError:
    b = 1
except (KeyError, TypeError) as e:
    c = 1
except:
    raise
else:
    d = 1
finally:
    e = 1
with a as b, c as (d, e), f:
    g = 1
with (open(x) as y, z):
    h = 1
@deco
@deco.two(1)
class C(Base, metaclass=M, **kw):
    """doc"""
    x: int = 1
    @property
    def f(self, a, /, b: int = 1, *args: int, c, d=2, **kwargs) -> "R":
        """doc"""
        def inner(): return 1
        yield a
        y = yield
        return
    async def g(self, *, k):
        async with a as b:
            await c
        async for i in x:
            assert i, "m"
        raise E from f
@x
def h(): ...
f(*a, b=1, **c)
a.b.c(d)(e)[f]
x = yield_ = a @ b ** c // d
'''


def sample_files() -> list[Path]:
    here = Path(__file__).resolve().parents[2]
    own = [*here.glob("linter/**/*.py"), *here.glob("checks/**/*.py")]
    library = Path(sysconfig.get_paths()["stdlib"])
    names = ["argparse.py", "dataclasses.py", "typing.py", "asyncio/tasks.py", "json/decoder.py", "inspect.py",
             "unittest/mock.py", "logging/__init__.py", "email/message.py", "tarfile.py", "zipfile.py"]  # fmt: skip
    return own + [p for p in (library / n for n in names) if p.is_file()]


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left for later: test_unread_bodies.py holds what is read on demand against this."""
    monkeypatch.setattr(skim, "_TEST_FILES", ())


def test_sample() -> None:
    compare(SAMPLE)


@pytest.mark.parametrize("path", sample_files(), ids=lambda p: "/".join(p.parts[-2:]))
def test_real_files(path: Path) -> None:
    compare(path.read_text("utf-8"))


def compare(text: str) -> None:
    want = Expected(text)
    got = extract(text.encode())
    assert not got.module.broken
    compare_blocks(want.block(want.tree.body), got.module.body, got)


def compare_blocks(want: list[Any], got: tuple[s.Stmt, ...], unit: Any) -> None:
    """Records are compared as plain nested lists; a function's body by following its index."""
    difference = first_difference([plain(w) for w in want], [plain(g, unit) for g in got])
    assert difference is None, difference


def first_difference(want: Any, got: Any) -> Any:
    """The smallest differing pair of parts, None where all is equal."""
    if want == got:
        return None
    if isinstance(want, list) and isinstance(got, list) and len(want) == len(got) and want[:1] == got[:1]:
        for a, b in zip(want, got, strict=True):
            if a != b:
                return first_difference(a, b)
    if isinstance(want, list) and isinstance(got, list) and want and isinstance(want[0], list):
        for a, b in zip(want, got, strict=False):
            if a != b:
                return first_difference(a, b)
    return want, got


def plain(record: Any, unit: Any = None) -> Any:
    if isinstance(record, s.FunctionDef):
        fields = [plain(getattr(record, f), unit) for f in ("name", "params", "decorators", "returns", "is_async")]
        return ["FunctionDef", *fields, [plain(x, unit) for x in unit.bodies[record.body].statements]]
    if isinstance(record, tuple) and record and record[0] == "FunctionDef":
        return ["FunctionDef", *(plain(x) for x in record[1:6]), [plain(x) for x in record[6]]]
    if hasattr(record, "__struct_fields__"):
        names = [f for f in record.__struct_fields__ if f != "at"]
        return [type(record).__name__, *(plain(getattr(record, f), unit) for f in names)]
    if isinstance(record, (tuple, list)):
        return [plain(x, unit) for x in record]
    return record


OPERATORS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitOr: "|", ast.BitAnd: "&", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Is: "is",
    ast.IsNot: "is not", ast.In: "in", ast.NotIn: "not in", ast.And: "and", ast.Or: "or",
}  # fmt: skip
UNARY = {ast.USub: "-", ast.UAdd: "+", ast.Invert: "~"}


class Expected:
    """`ast` -> records. Nodes that ormlint does not model are Unknown on both sides."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = text.encode().splitlines(keepends=True)
        self.tree = ast.parse(text)

    def block(self, body: list[ast.stmt]) -> list[Any]:
        out: list[Any] = []
        for node in body:
            out.extend(self.statement(node))
        return out

    def blocks(self, body: list[ast.stmt]) -> tuple[Any, ...]:
        return tuple(self.block(body))

    def statement(self, node: ast.stmt) -> list[Any]:
        e = self.expr
        match node:
            case ast.Import():
                return [s.Import(a.name, a.asname or a.name.partition(".")[0]) for a in node.names]
            case ast.ImportFrom():
                return [s.ImportFrom(node.module or "", node.level, a.name, a.asname or a.name) for a in node.names]
            case ast.Assign():
                value = s.Unknown() if isinstance(node.value, (ast.Yield, ast.YieldFrom)) else e(node.value)
                return [s.Assign(tuple(self.target(t) for t in node.targets), value)]
            case ast.AnnAssign():
                return [s.Assign((e(node.target),), e(node.value) if node.value else None, e(node.annotation))]
            case ast.AugAssign():
                return [s.AugAssign(e(node.target), OPERATORS[type(node.op)], e(node.value))]
            case ast.Expr(value=ast.Yield() as value):
                return [s.Return(e(value.value) if value.value else None, True)]
            case ast.Expr(value=ast.YieldFrom()):
                return [s.Return(s.Unknown(), True)]
            case ast.Expr(value=ast.Constant(value=str() | int() | float() | complex() | bytes() as constant)) if (
                not isinstance(constant, bool)
            ):
                return []
            case ast.Expr(value=ast.Constant(value=value)) if value is ...:
                return []
            case ast.Expr(value=ast.JoinedStr()):
                return []
            case ast.Expr():
                return [s.ExprStmt(e(node.value))]
            case ast.Return():
                return [s.Return(e(node.value) if node.value else None)]
            case ast.If():
                return [s.If(e(node.test), self.blocks(node.body), self.blocks(node.orelse))]
            case ast.While():
                return [s.If(e(node.test), self.blocks(node.body), self.blocks(node.orelse), True)]
            case ast.For() | ast.AsyncFor():
                return [s.For(e(node.target), e(node.iter), self.blocks(node.body), self.blocks(node.orelse))]
            case ast.With() | ast.AsyncWith():
                items = tuple((e(i.context_expr), e(i.optional_vars) if i.optional_vars else None) for i in node.items)
                return [s.With(items, self.blocks(node.body))]
            case ast.Try():
                handlers = tuple(
                    s.Handler(e(h.type) if h.type else None, h.name or "", self.blocks(h.body)) for h in node.handlers
                )
                return [s.Try(self.blocks(node.body), handlers, self.blocks(node.orelse), self.blocks(node.finalbody))]
            case ast.Raise():
                return [s.Jump("raise", e(node.exc) if node.exc else None)]
            case ast.Continue():
                return [s.Jump("continue")]
            case ast.Break():
                return [s.Jump("break")]
            case ast.Assert():
                return [s.Assert(e(node.test))]
            case ast.Delete():
                return [s.Delete(t.id) for t in node.targets if isinstance(t, ast.Name)]
            case ast.ClassDef():
                keywords = tuple(s.Keyword(k.arg or "", e(k.value)) for k in node.keywords)
                decorators = tuple(e(d) for d in node.decorator_list)
                return [
                    s.ClassDef(node.name, tuple(e(b) for b in node.bases), keywords, decorators, self.blocks(node.body))
                ]
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                face = (node.name, self.params(node.args), tuple(e(d) for d in node.decorator_list),
                        e(node.returns) if node.returns else None, isinstance(node, ast.AsyncFunctionDef))  # fmt: skip
                return [("FunctionDef", *face, self.block(node.body))]
            case ast.Match():
                orelse: tuple[Any, ...] = ()
                for case in reversed(node.cases):
                    orelse = (s.If(s.Unknown(), self.blocks(case.body), orelse),)
                return list(orelse)
            case _:
                return []

    def target(self, node: ast.expr) -> Any:
        """`type(x).name = …` is the one target that the grammar misreads: its name is not known."""
        if isinstance(node, ast.Attribute) and ast.unparse(node).startswith("type("):
            return s.Unknown()
        return self.expr(node)

    def params(self, args: ast.arguments) -> tuple[s.Param, ...]:
        def param(arg: ast.arg, default: ast.expr | None, kind: str) -> s.Param:
            annotation = self.expr(arg.annotation) if arg.annotation else None
            return s.Param(arg.arg, annotation, self.expr(default) if default else None, kind)

        positional = [*args.posonlyargs, *args.args]
        defaults: list[ast.expr | None] = [None] * (len(positional) - len(args.defaults))
        defaults.extend(args.defaults)
        out = [param(a, d, "/" if a in args.posonlyargs else "") for a, d in zip(positional, defaults, strict=True)]
        if args.vararg:
            out.append(param(args.vararg, None, "*"))
        out.extend(param(a, d, "kw") for a, d in zip(args.kwonlyargs, args.kw_defaults, strict=True))
        if args.kwarg:
            out.append(param(args.kwarg, None, "**"))
        return tuple(out)

    def expr(self, node: ast.expr) -> Any:
        e = self.expr
        match node:
            case ast.Name():
                return s.Name(node.id)
            case ast.Attribute():
                return s.Attr(e(node.value), node.attr)
            case ast.Call():
                keywords = tuple(s.Keyword(k.arg or "", e(k.value)) for k in node.keywords)
                return s.Call(e(node.func), tuple(e(a) for a in node.args), keywords)
            case ast.Constant(value=str()):
                return s.Str(node.value)
            case ast.Constant(value=bytes()):
                return s.Bytes()
            case ast.Constant(value=value) if value is ... or isinstance(value, complex):
                return s.Unknown()
            case ast.Constant(value=int() as value) if not isinstance(value, bool) and abs(value) >= 2**63:
                return s.Unknown()
            case ast.Constant():
                return s.Lit(node.value)  # type: ignore[arg-type]
            case ast.List() | ast.Tuple() | ast.Set():
                if len(node.elts) > 4000:
                    pytest.skip("longer than a display is read")
                return s.Seq(type(node).__name__.lower(), tuple(e(x) for x in node.elts))  # type: ignore[arg-type]
            case ast.Starred():
                return s.Starred(e(node.value))
            case ast.Dict():
                items = zip(node.keys, node.values, strict=True)
                return s.Dict(tuple((e(k) if k is not None else None, e(v)) for k, v in items))
            case ast.Subscript():
                if isinstance(node.slice, ast.Slice):
                    return s.Sub(e(node.value), s.Unknown())
                return s.Sub(e(node.value), e(node.slice))
            case ast.BinOp():
                return self.flat(OPERATORS[type(node.op)], node)
            case ast.BoolOp():
                return s.Op(OPERATORS[type(node.op)], tuple(e(v) for v in node.values))
            case ast.UnaryOp(op=ast.Not()):
                return s.Op("not", (e(node.operand),))
            case ast.UnaryOp():
                operand = e(node.operand)
                if isinstance(operand, s.Lit) and isinstance(node.op, ast.USub) and operand.value is not None:
                    return s.Lit(-operand.value)
                return s.Op("unary" + UNARY[type(node.op)], (operand,))
            case ast.Compare():
                name = OPERATORS[type(node.ops[0])] if len(node.ops) == 1 else "chain"
                return s.Op(name, tuple(e(x) for x in [node.left, *node.comparators]))
            case ast.IfExp():
                return s.Cond(e(node.test), e(node.body), e(node.orelse))
            case ast.JoinedStr():
                return s.FString(self.fparts(node))
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                kind: Any = {ast.ListComp: "list", ast.SetComp: "set", ast.GeneratorExp: "generator"}[type(node)]
                return s.Comp(kind, e(node.elt), self.clauses(node.generators))
            case ast.DictComp():
                return s.Comp("dict", s.Dict(((e(node.key), e(node.value)),)), self.clauses(node.generators))
            case ast.Lambda():
                return s.Lambda(self.params(node.args), e(node.body))
            case ast.NamedExpr():
                return s.Walrus(node.target.id, e(node.value))
            case ast.Await():
                return s.Await(e(node.value))
            case _:
                return s.Unknown()

    def flat(self, operator: str, node: ast.BinOp) -> s.Op:
        """`a + b + c` is one Op with three operands. Parentheses around the left part end the run, and `ast` does not show
        them: the text does."""
        operands: list[ast.expr] = [node.right]
        left: ast.expr = node.left
        start = (node.lineno, node.col_offset)
        while isinstance(left, ast.BinOp) and OPERATORS[type(left.op)] == operator and operator != "**":
            if (left.lineno, left.col_offset) != start:
                break  # the node starts at a parenthesis, its left operand behind it
            operands.append(left.right)
            left = left.left
        return s.Op(operator, tuple(self.expr(x) for x in [left, *reversed(operands)]))

    def clauses(self, generators: list[ast.comprehension]) -> tuple[s.Clause, ...]:
        e = self.expr
        return tuple(s.Clause(e(g.target), e(g.iter), tuple(e(i) for i in g.ifs)) for g in generators)

    def fparts(self, node: ast.JoinedStr) -> tuple[Any, ...]:
        parts: list[Any] = []
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                parts.append(self.expr(value.value))
            elif isinstance(value, ast.Constant):
                parts.append(s.Str(str(value.value)))
        return tuple(parts)
