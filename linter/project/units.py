"""One Python file, linked: its records with the means to find names and places in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any, Union

import msgspec

from linter.facts import syntax as s
from linter.facts.files import BODIES, WORDS, Code, PythonFile
from linter.project.trace import Answer, gate, note
from linter.span import Span

_module_decoder = msgspec.msgpack.Decoder(s.Module)
_code_decoder = msgspec.msgpack.Decoder(Code)
_body_decoder = msgspec.msgpack.Decoder(s.Body)
_AS_TEXT = tuple(msgspec.msgpack.encode(s.Body((), (), " " * size))[:4] for size in (2**5, 2**8, 2**16))


IMPORTS_FROM = b"\x96\x1f"  # how an encoded ImportFrom begins: six parts, tag 31
_STAR = b"\xa1*\xa1*"  # the two names of an ImportFrom of everything
COMPARISONS = b"\x93\x22\x93\x0a\xa2=="  # … an ExprStmt (tag 34) whose value is an Op (tag 10) of `==`
_INT_SIZES = {0xCC: 2, 0xCD: 3, 0xCE: 5}


def attribute_of(name: str) -> bytes:
    """How an encoded Attr of a Name begins: `name.`…"""
    return b"\x94\x02\x93\x01" + msgspec.msgpack.encode(name)


class Binding(msgspec.Struct, frozen=True):
    """One place that binds a name. `guard`: "" always, else the kind of block it stands in: "if", "try", "except", "for",
    "typing" (`if TYPE_CHECKING`)."""

    node: s.Stmt
    guard: str


class Unit:
    """A Python file of the project, of its environment, or of the bundled catalogue (`is_library`). `bit` stands for it in
    sets of files of `width` files, `gate_bit` for the words in it; a library's are 0, for when one changes everything is
    judged again. `answers` is where those of `compared` methods are remembered."""

    def __init__(
        self,
        path: str,
        name: str,
        facts: PythonFile,
        is_library: bool = False,
        bit: int = 0,
        width: int = 0,
        answers: dict[tuple[str, str], Answer] | None = None,
    ) -> None:
        self.path = path
        self.name = name
        self.facts = facts
        self.is_library = is_library
        self.bit = bit
        self.width = width
        self.gate_bit = bit << width * WORDS
        self.answers = {} if answers is None else answers
        self.is_django = name.startswith("django.")  # its own source may be the project
        self._bodies: dict[int, s.Body] = {}
        self._local_names: dict[int, dict[str, list[Binding]]] = {}
        self._inner_starts: dict[int, int] = {}  # of functions in bodies that were read on demand
        self._outer: dict[int, int] = {}  # and the bodies that they stand in

    def __repr__(self) -> str:
        return f"<Unit {self.path}>"

    def answer_bit(self, question: int) -> int:
        """What stands in sets of files for the file's answer to a question that is compared."""
        return self.bit << self.width * (BODIES.stop + question)

    def body_bit(self, index: int) -> int:
        """What stands in sets of files for a body, and for some others of the file."""
        return self.bit << self.width * share_of(self._outer.get(index, index))

    @cached_property
    def module(self) -> s.Module:
        return _module_decoder.decode(self.facts.module)

    @cached_property
    def _code(self) -> Code:
        """All but the interface; whoever reads it notes that."""
        return _code_decoder.decode(self.facts.code)

    def body(self, function: s.FunctionDef) -> s.Body:
        """What a function of this file does."""
        return self.body_at(function.body)

    def body_at(self, index: int) -> s.Body:
        note(self.body_bit(index))
        body = self._bodies.get(index)
        if body is None:
            body = _body_decoder.decode(self._code.bodies[index])
            if body.unread:
                body = self._read(body.unread, index)
            self._bodies[index] = body
        return body

    def _read(self, text: str, outer: int) -> s.Body:
        from linter.extract.python import read_body

        first = len(self._code.bodies) + len(self._inner_starts)
        body, inner = read_body(text, first)
        for index, (nested, offset) in enumerate(inner, first):
            self._bodies[index] = nested
            self._inner_starts[index] = self._code.starts[outer] + offset
            self._outer[index] = outer
        return body

    def unread(self, function: s.FunctionDef) -> bytes | None:
        """The text of a body that was left as text, and is parsed when somebody asks for it: a gate before that."""
        note(self.body_bit(function.body))
        bodies = self._code.bodies
        raw = bodies[function.body] if function.body < len(bodies) else b""
        return raw if raw.startswith(_AS_TEXT) else None

    def _start(self, index: int) -> int:
        inner = self._inner_starts.get(index)
        return self._code.starts[index] if inner is None else inner

    def mentions(self, word: str, times: int = 1) -> bool:
        """Whether a name or text stands anywhere in the file: a gate before its bodies are decoded."""
        needle = word.encode()
        if times == 1:
            return self._has(needle)
        gate(self.gate_bit, needle)
        return self.facts.code.count(needle) + self.facts.module.count(needle) >= times

    def says(self, text: str) -> bool:
        """Whether a string literal stands anywhere in the file, exactly so."""
        return self._has(msgspec.msgpack.encode(s.Str(text, 0))[:-1])  # wherever it stands

    def holds(self, word: str) -> bool:
        """Whether a name or text stands anywhere in the file, exactly so."""
        return self._has(msgspec.msgpack.encode(word))

    def _has(self, needle: bytes) -> bool:
        gate(self.gate_bit, needle)
        return needle in self.facts.module or needle in self.facts.code

    def attributes_of(self, name: str) -> Iterator[str]:
        """The attributes that the file asks of a name anywhere, read without decoding anything: a gate."""
        start = attribute_of(name)
        if not self._has(start):
            return
        note(self.bit)
        for data in (bytes(self.facts.module), bytes(self.facts.code)):
            at = data.find(start)
            while at >= 0:
                at += len(start)
                at += _INT_SIZES.get(data[at], 1)  # the place of the name
                size, at = (data[at + 1], at + 2) if data[at] == 0xD9 else (data[at] - 0xA0, at + 1)
                yield data[at : at + size].decode("utf-8", "replace")
                at = data.find(start, at)

    def bodies_with(self, words: Iterable[str]) -> list[int]:
        """Which function bodies hold one of these names, before any of them is decoded. A function's inner functions have
        bodies of their own, with the indices just below its own."""
        return self.bodies_holding(map(msgspec.msgpack.encode, words))

    def bodies_holding(self, fragments: Iterable[bytes]) -> list[int]:
        """Which function bodies hold one of these fragments of names, those that were left as text too."""
        needles = tuple(fragments)
        gate(self.gate_bit, *needles)
        return [i for i, raw in enumerate(map(bytes, self._code.bodies)) if any(needle in raw for needle in needles)]

    def local_names(self, function: s.FunctionDef) -> dict[str, list[Binding]]:
        """What the statements of a function bind, with all bindings of a name in order."""
        statements = self.body(function).statements
        known = self._local_names.get(function.body)
        if known is None:
            known = self._local_names[function.body] = bindings(statements)
        return known

    def span(self, at: int, function: s.FunctionDef | None = None) -> Span:
        """Where a record stands: one of the module's own, or one of the body of `function`."""
        note(self.bit)
        if function is None:
            return s.span_at(self._code.spans, at)
        return s.span_at(self.body(function).spans, at, self._start(function.body))

    @cached_property
    def statements(self) -> list[tuple[s.Stmt, str]]:
        """What importing the module runs, but for the bodies of its classes (`walk`)."""
        return walk(self.module.body)

    @cached_property
    def names(self) -> dict[str, list[Binding]]:
        """Every name that importing the module binds, with all its bindings in order."""
        return _bindings(self.statements)

    @cached_property
    def star_imports(self) -> list[s.ImportFrom]:
        if _STAR not in self.facts.module:
            return []
        return [n for n, _ in self.statements if isinstance(n, s.ImportFrom) and n.name == "*"]

    @cached_property
    def exports(self) -> tuple[str, ...] | None:
        """`__all__` where it is a plain list of strings."""
        found: list[str] = []
        for binding in self.names.get("__all__", []):
            value = getattr(binding.node, "value", None)
            if not isinstance(value, s.Seq) or not all(isinstance(i, s.Str) for i in value.items):
                return None
            found.extend(i.value for i in value.items if isinstance(i, s.Str))
        return tuple(found) if found else None


def share_of(body: int) -> int:
    return BODIES[body % len(BODIES)]


def changed_shares(before: PythonFile, now: PythonFile) -> set[int]:
    """The shares of the bodies of a file that hold one that says other things than it did."""
    olds, news = (_code_decoder.decode(facts.code).bodies for facts in (before, now))
    if len(olds) != len(news):
        return set(BODIES)
    return {share_of(index) for index, (old, new) in enumerate(zip(olds, news, strict=True)) if old != new}


def hold_alike(before: PythonFile, now: PythonFile, words: Iterable[bytes]) -> bool:
    """Whether every gate that looks for some words says the same of two texts of one file with the same interface."""
    olds, news = (_code_decoder.decode(facts.code).bodies for facts in (before, now))
    changed = [(bytes(old), bytes(new)) for old, new in zip(olds, news, strict=False) if old != new]
    return len(olds) == len(news) and all(
        before.code.count(word) == now.code.count(word) and all((word in old) == (word in new) for old, new in changed)
        for word in words
    )


Block = tuple[s.Stmt, ...]


def blocks_of(node: s.Stmt) -> Iterator[Block]:
    """The blocks of statements directly inside `if`, `for`, `with`, `try`."""
    if isinstance(node, (s.If, s.For)):
        yield from (node.body, node.orelse)
    elif isinstance(node, s.With):
        yield node.body
    elif isinstance(node, s.Try):
        yield from (node.body, *(handler.body for handler in node.handlers), node.orelse, node.final)


def walk(block: Block, guard: str = "") -> list[tuple[s.Stmt, str]]:
    """The statements of a block in order, those inside `if`, `try`, `for`, `with` too, not those of classes and functions."""
    found: list[tuple[s.Stmt, str]] = []
    _collect(block, guard, found)
    return found


def _collect(block: Block, guard: str, found: list[tuple[s.Stmt, str]]) -> None:
    for node in block:
        found.append((node, guard))
        blocks = _BLOCKS.get(type(node))  # every statement of the project passes here: most hold no others
        if blocks is not None:
            for inner, inner_guard in blocks(node, guard):
                if inner:
                    _collect(inner, inner_guard, found)


def _if_blocks(node: s.If, guard: str) -> tuple[tuple[Block, str], ...]:
    return (node.body, "typing" if _is_type_checking(node.test) else guard or "if"), (node.orelse, guard or "if")


def _try_blocks(node: s.Try, guard: str) -> tuple[tuple[Block, str], ...]:
    handlers = [(handler.body, "except") for handler in node.handlers]
    return (node.body, guard or "try"), *handlers, (node.orelse, guard or "try"), (node.final, guard)


def _for_blocks(node: s.For, guard: str) -> tuple[tuple[Block, str], ...]:
    return (node.body, guard or "for"), (node.orelse, guard or "for")


def _with_blocks(node: s.With, guard: str) -> tuple[tuple[Block, str], ...]:
    return ((node.body, guard),)


_BLOCKS: dict[type, Callable[[Any, str], tuple[tuple[Block, str], ...]]] = {
    s.If: _if_blocks,
    s.Try: _try_blocks,
    s.For: _for_blocks,
    s.With: _with_blocks,
}


def _is_type_checking(test: s.Expr) -> bool:
    name = test.id if isinstance(test, s.Name) else test.name if isinstance(test, s.Attr) else ""
    return name == "TYPE_CHECKING"


def bindings(block: Block) -> dict[str, list[Binding]]:
    """What the statements of a module or class body bind."""
    return _bindings(walk(block))


def _bindings(statements: Iterable[tuple[s.Stmt, str]]) -> dict[str, list[Binding]]:
    names: dict[str, list[Binding]] = {}
    for node, guard in statements:
        bound = _BOUND.get(type(node))
        if bound is not None:
            binding = Binding(node, guard)
            for name in bound(node):
                if name in names:
                    names[name].append(binding)
                else:
                    names[name] = [binding]
    return names


def _assigned_names(node: s.Assign) -> Iterable[str]:
    first, *others = node.targets
    if not others and type(first) is s.Name:
        return (first.id,)
    return [name for target in node.targets for name in _target_names(target)]


_BOUND: dict[type, Callable[[Any], Iterable[str]]] = {
    s.ClassDef: lambda node: (node.name,),
    s.FunctionDef: lambda node: (node.name,),
    s.Import: lambda node: (node.local,),
    s.ImportFrom: lambda node: (node.local,),
    s.Assign: _assigned_names,
    s.AugAssign: lambda node: _target_names(node.target),
    s.For: lambda node: _target_names(node.target),
    s.With: lambda node: (name for _, alias in node.items if alias is not None for name in _target_names(alias)),
}


def _target_names(target: s.Expr) -> Iterator[str]:
    if isinstance(target, s.Name):
        yield target.id
    elif isinstance(target, s.Seq):
        for item in target.items:
            yield from _target_names(item)
    elif isinstance(target, s.Starred):
        yield from _target_names(target.value)


class ClassSymbol:
    """A class of some unit. `qualname` is dotted inside its module; `function` is set where it is defined in a function."""

    __slots__ = ("__dict__", "function", "node", "qualname", "unit")

    def __init__(self, unit: Unit, node: s.ClassDef, qualname: str, function: s.FunctionDef | None = None) -> None:
        self.unit = unit
        self.node = node
        self.qualname = qualname
        self.function = function

    def __repr__(self) -> str:
        return f"<class {self.dotted}>"

    @property
    def name(self) -> str:
        return self.node.name

    @property
    def dotted(self) -> str:
        return f"{self.unit.name}.{self.qualname}"

    @property
    def span(self) -> Span:
        return self.unit.span(self.node.at, self.function)

    @cached_property
    def statements(self) -> list[tuple[s.Stmt, str]]:
        """What the class body runs (`walk`)."""
        return walk(self.node.body)

    @cached_property
    def names(self) -> dict[str, list[Binding]]:
        """What the class body binds, with all bindings of a name in order."""
        return _bindings(self.statements)

    @cached_property
    def methods(self) -> tuple[s.FunctionDef, ...]:
        """The functions that the class body defines, in order."""
        return tuple([node for node, _ in self.statements if isinstance(node, s.FunctionDef)])

    def member(self, name: str) -> s.Stmt | None:
        """The last thing that the class body itself binds to a name."""
        found = self.names.get(name)
        return found[-1].node if found else None


class FunctionSymbol(msgspec.Struct, frozen=True):
    """A function, or a method of `owner`."""

    unit: Unit
    node: s.FunctionDef
    owner: ClassSymbol | None = None

    @property
    def qualname(self) -> str:
        return f"{self.owner.qualname}.{self.node.name}" if self.owner else self.node.name

    @property
    def dotted(self) -> str:
        return f"{self.unit.name}.{self.qualname}"

    @property
    def span(self) -> Span:
        return self.unit.span(self.node.at)


class ModuleSymbol(msgspec.Struct, frozen=True):
    unit: Unit


class ValueSymbol(msgspec.Struct, frozen=True):
    """A name bound to an expression at module or class level."""

    unit: Unit
    value: s.Expr
    node: s.Stmt
    owner: ClassSymbol | None = None


class External(msgspec.Struct, frozen=True):
    """Something that lies outside all that was read; `dotted` is its full name as the project spells it."""

    dotted: str


Symbol = Union[ClassSymbol, FunctionSymbol, ModuleSymbol, ValueSymbol, External]
