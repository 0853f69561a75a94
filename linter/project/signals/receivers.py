"""Signal receivers: who is connected to which signal, for which sender, under which dispatch_uid."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Union

import msgspec
from msgspec.structs import replace

from linter.facts import syntax as s
from linter.finding import Place
from linter.project.control import evaluated, own
from linter.project.imports.modules import is_test
from linter.project.models.named import label_in, model_named, text
from linter.project.names import Names, callee, last_name
from linter.project.scopes import Scope, find_local, full_name, functions, functions_in, resolve
from linter.project.trace import cached_property
from linter.project.units import ClassSymbol, External, FunctionSymbol, Symbol, Unit, ValueSymbol, walk
from linter.span import Span

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Model

RECEIVER = frozenset({"django.dispatch.receiver", "django.dispatch.dispatcher.receiver"})
SIGNAL_CLASSES = frozenset(
    {"django.dispatch.Signal", "django.dispatch.dispatcher.Signal", "django.db.models.signals.ModelSignal"}
)
PARTIAL = frozenset({"functools.partial", "functools.partialmethod"})

# Decorators that call the function for every signal.
_TRANSPARENT = RECEIVER | {"django.db.transaction.atomic"}

# Signals as they are imported besides the module that defines them.
_SAME = {
    "django.core.signals": "django.core.signals",
    "django.core.handlers.base": "django.core.signals",
    "django.contrib.auth": "django.contrib.auth.signals",
    "django.test": "django.test.signals",
    "django.test.signals": "django.core.signals",
}


class Sender(msgspec.Struct, frozen=True):
    """Whose signals are received. `key` is equal for equal senders: "" for any sender, None where it is not known.

    `expr` is how it is written, None where it is not written in the connection itself."""

    key: str | None
    model: Model | None = None
    expr: s.Expr | None = None

    @property
    def is_any(self) -> bool:
        return self.key == ""


ANY = Sender("")
UNKNOWN_SENDER = Sender(None)


class Receiver(msgspec.Struct, frozen=True):
    """One connection. `function` is None where what receives is no function that was read: an instance, a lambda.

    `uid` is the dispatch_uid, None where there is none; `uid_known` is False where it is computed."""

    signal: str
    name: str
    function: FunctionSymbol | None
    body: Scope | None  # the function's own
    sender: Sender
    uid: str | None
    uid_known: bool
    scope: Scope  # where the connection is made
    at: int  # of the decorator or the connect() call, in the scope's own span table
    uid_at: int = s.NOWHERE
    guards: tuple[s.If, ...] = ()  # the `if` statements around it
    received: s.Expr | None = None  # what is handed to `connect()`; None for what is decorated
    is_held: bool = False  # `weak=False`, or that is not known

    @property
    def path(self) -> str:
        """The file of the function that receives, else of the connection."""
        return self.body.unit.path if self.body is not None else self.scope.unit.path


class Receivers:
    """Every connection that the project's code makes, in order of path and position."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def __iter__(self) -> Iterator[Receiver]:
        return iter(self._all)

    @cached_property
    def _all(self) -> tuple[Receiver, ...]:
        found: list[Receiver] = []
        words = self._words
        for unit in self.project.units():
            if not any(word in unit.facts.module for word in words) and ".connect(" not in unit.module.uses:
                continue
            here = _Finder(self.project, unit).find()
            # What the module itself connects comes first, in the order in which it does.
            found.extend(sorted(here, key=lambda r: (len(r.scope.functions), 0 if r.scope.functions else r.at)))
        return tuple(found)

    @cached_property
    def _words(self) -> list[bytes]:
        """What a module that connects anything by a decorator must speak of: Django's own, or a function that connects."""
        names = {name for unit in self.connecting for name in self._connecting(unit)}
        return [word.encode() for word in {"receiver", *names}]

    @cached_property
    def connecting(self) -> tuple[Unit, ...]:
        """The modules that call `connect`."""
        return tuple(unit for unit in self.project.units() if ".connect(" in unit.module.uses)

    def _connecting(self, unit: Unit) -> Iterator[str]:
        """The functions that call `connect`, themselves or in a function inside."""
        bodies = unit.bodies_with(["connect"])
        functions = [f for f in self.project.functions(unit) if f.owner is None or f.owner.function is None]
        before = -1
        for node in sorted((f.node for f in functions), key=lambda node: node.body):
            if any(before < index <= node.body for index in bodies):
                yield node.name
            before = node.body

    def of_signal(self, name: str) -> tuple[Receiver, ...]:
        """The connections to one of Django's model signals, such as `post_save`."""
        return self._by_signal.get(f"django.db.models.signals.{name}", ())

    @cached_property
    def _by_signal(self) -> dict[str, tuple[Receiver, ...]]:
        found: dict[str, list[Receiver]] = {}
        for receiver in self._all:
            found.setdefault(receiver.signal, []).append(receiver)
        return {signal: tuple(some) for signal, some in found.items()}

    def dropped(self, path: str) -> tuple[tuple[Receiver, Receiver], ...]:
        """The connections in a file that have the dispatch_uid of another receiver, each with that one."""
        return self._dropped.get(path, ())

    @cached_property
    def _dropped(self) -> dict[str, tuple[tuple[Receiver, Receiver], ...]]:
        first: dict[tuple[str, str, str], Receiver] = {}
        found: dict[str, list[tuple[Receiver, Receiver]]] = {}
        for receiver in self._all:
            unit = receiver.scope.unit
            if receiver.uid is None or receiver.sender.key is None or is_test(unit.path) or receiver.name == "?":
                continue
            if "disconnect(" in unit.module.uses:
                continue  # one may well take the other's place
            kept = first.setdefault((receiver.signal, receiver.sender.key, receiver.uid), receiver)
            if kept.name != receiver.name and not _exclusive(kept, receiver):
                known = found.setdefault(unit.path, [])
                if not any(one.uid_at == receiver.uid_at and one.scope == receiver.scope for one, _ in known):
                    known.append((receiver, kept))
        return {path: tuple(pairs) for path, pairs in found.items()}

    def uid_place(self, receiver: Receiver) -> Place:
        scope = receiver.scope
        at = receiver.uid_at if receiver.uid_at != s.NOWHERE else receiver.at
        return self.project.place(scope.unit.path, scope.unit.span(at, scope.function))

    def sender_span(self, receiver: Receiver) -> Span | None:
        """Where the sender is written, where the connection itself names it."""
        expr, scope = receiver.sender.expr, receiver.scope
        at = getattr(expr, "at", s.NOWHERE)
        return scope.unit.span(at, scope.function) if at != s.NOWHERE else None

    def connection_place(self, receiver: Receiver) -> Place:
        """Where the connection is written."""
        scope = receiver.scope
        return self.project.place(scope.unit.path, scope.unit.span(receiver.at, scope.function))

    def place(self, receiver: Receiver) -> Place:
        """The name of the function that receives; the connection where there is none."""
        span = self.name_span(receiver)
        return self.project.place(receiver.path, span) if span is not None else self.connection_place(receiver)

    def name_span(self, receiver: Receiver) -> Span | None:
        """Where the name of the function that receives stands in its file."""
        if receiver.body is None or receiver.function is None:
            return None
        outer = receiver.body.functions[-2] if len(receiver.body.functions) > 1 else None
        return receiver.body.unit.span(receiver.function.node.at, outer)


class _Finder:
    """The connections made in one file."""

    def __init__(self, project: Project, unit: Unit) -> None:
        self.project = project
        self.names = project.names
        self.unit = unit

    def find(self) -> Iterator[Receiver]:
        module = Scope(self.unit)
        yield from self.in_block(module, self.unit.module.body)
        for cls in self.names.classes(self.unit):
            if cls.function is None:
                yield from self.decorated(Scope(self.unit, (), cls), cls.node.body)
        if not {".connect(", "receiver("}.isdisjoint(self.unit.module.uses):
            for scope in functions(self.names, self.unit, ("connect", "receiver")):
                yield from self.in_block(scope, scope.statements)

    def in_block(self, scope: Scope, block: tuple[s.Stmt, ...]) -> Iterator[Receiver]:
        yield from self.decorated(scope, block)
        if ".connect(" in self.unit.module.uses:
            yield from self.connected(scope, block, ())

    # --- @receiver ---

    def decorated(self, scope: Scope, block: tuple[s.Stmt, ...]) -> Iterator[Receiver]:
        for node, _ in walk(block):
            if not isinstance(node, (s.FunctionDef, s.ClassDef)):
                continue
            for decorator in reversed(node.decorators):
                if not isinstance(decorator, s.Call):
                    continue
                symbol = self.names.follow(resolve(self.names, scope, decorator.func))
                function, body = self.decorated_thing(scope, node)
                name = f"{self.unit.name}.{scope.owner.qualname + '.' if scope.owner else ''}{node.name}"
                if self.names.name_of(symbol) in RECEIVER:
                    signals = decorator.args[0] if decorator.args else decorator.keyword("signal")
                    for signal in self.signals(scope, signals, loose=True):
                        yield from self.connections(scope, decorator, signal, name, function, body, ())
                elif isinstance(symbol, FunctionSymbol) and not symbol.unit.is_library:
                    yield from self.own_decorator(scope, decorator, symbol, name, function, body)

    def own_decorator(
        self,
        scope: Scope,
        decorator: s.Call,
        factory: FunctionSymbol,
        name: str,
        function: FunctionSymbol | None,
        body: Scope | None,
    ) -> Iterator[Receiver]:
        """A decorator of the project's own that connects what it decorates to the signal it was given."""
        if ".connect(" not in factory.unit.module.uses:
            return
        given = _arguments(factory.node, decorator)
        for inner in functions_in(Scope(factory.unit).inside(factory.node)):
            for call, target in (found for node, _ in walk(inner.statements) for found in _connects(node)):
                received, sender = next(iter(call.args), None), call.keyword("sender")
                if not isinstance(received, s.Name) or find_local(inner, received.id) is None:
                    continue
                if isinstance(target, s.Name) and target.id in given:
                    signals = self.signals(scope, given[target.id], loose=True)
                else:
                    signals = self.signals(inner, target, loose=False)
                if isinstance(sender, s.Name) and sender.id in given:
                    senders = self.senders(scope, given[sender.id])
                else:
                    senders = self.senders(inner, sender) if sender is not None else [ANY]
                for signal in signals:
                    for who in senders:
                        known = call.keyword("dispatch_uid") is None
                        yield Receiver(signal, name, function, body, who, None, known, scope, decorator.at)

    def decorated_thing(self, scope: Scope, node: s.Stmt) -> tuple[FunctionSymbol | None, Scope | None]:
        if isinstance(node, s.FunctionDef):
            return FunctionSymbol(self.unit, node, scope.owner), scope.inside(node)
        return None, None

    # --- signal.connect() ---

    def connected(self, scope: Scope, block: tuple[s.Stmt, ...], guards: tuple[s.If, ...]) -> Iterator[Receiver]:
        for node in block:
            if isinstance(node, s.If):
                yield from self.connected(scope, node.body, (*guards, node))
                yield from self.connected(scope, node.orelse, (*guards, node))
            elif isinstance(node, (s.For, s.With)):
                yield from self.connected(scope, node.body, guards)
            elif isinstance(node, s.Try):
                for part in (node.body, *(h.body for h in node.handlers), node.orelse, node.final):
                    yield from self.connected(scope, part, guards)
            elif isinstance(node, (s.ExprStmt, s.Assign, s.Return)):
                for call, target in _connects(node):
                    yield from self.connection(scope, call, target, guards)

    def connection(self, scope: Scope, call: s.Call, target: s.Expr, guards: tuple[s.If, ...]) -> Iterator[Receiver]:
        received = call.args[0] if call.args else call.keyword("receiver")
        if received is None or self.is_param(scope, received):
            return
        for signal in self.signals(scope, target, loose=False):
            for part in self.candidates(scope, received):
                name, function, body = self.receiver(scope, part)
                if body is None or body.function not in scope.functions:  # one that connects itself never is
                    yield from self.connections(scope, call, signal, name, function, body, guards, part)

    def is_param(self, scope: Scope, expr: s.Expr) -> bool:
        """Whether only the caller knows what is connected: a decorator's own connection, made for each function it gets."""
        local = find_local(scope, expr.id) if isinstance(expr, s.Name) else None
        return local is not None and local.is_param

    def connections(
        self,
        scope: Scope,
        call: s.Call,
        signal: str,
        name: str,
        function: FunctionSymbol | None,
        body: Scope | None,
        guards: tuple[s.If, ...],
        received: s.Expr | None = None,
    ) -> Iterator[Receiver]:
        weak = call.keyword("weak") or (call.args[2] if received is not None and len(call.args) > 2 else None)
        is_held = not call.is_exact or (weak is not None and not (isinstance(weak, s.Lit) and weak.value is True))
        sender = call.keyword("sender")
        if sender is None and len(call.args) > 1:
            sender = call.args[1]
        uid = call.keyword("dispatch_uid")
        senders = self.senders(scope, sender) if sender is not None else [ANY if call.is_exact else UNKNOWN_SENDER]
        known = text(self.project, scope, uid) if uid is not None else None
        at = getattr(uid, "at", s.NOWHERE)
        for found in senders:
            yield Receiver(
                signal, name, function, body, found, known, uid is None or known is not None, scope, call.at, at, guards,
                received, is_held,
            )  # fmt: skip

    # --- which signal ---

    def signals(self, scope: Scope, expr: s.Expr | None, loose: bool) -> Iterator[str]:
        """The signals that an expression names; with `loose` anything is one (it stands where only a signal can)."""
        for part in self.candidates(scope, expr) if expr is not None else ():
            symbol = self.names.follow(resolve(self.names, scope, part))
            name = self.signal_name(symbol, loose)
            if name:
                yield name

    def signal_name(self, symbol: Symbol | None, loose: bool) -> str:
        if isinstance(symbol, External):
            module, _, last = symbol.dotted.rpartition(".")
            if loose or (module.startswith("django.") and not last[:1].isupper()) or "signals" in module.split("."):
                return f"{_SAME.get(module, module)}.{last}"
        if isinstance(symbol, ValueSymbol) and isinstance(symbol.node, s.Assign):
            target = symbol.node.targets[0]
            if isinstance(target, s.Name) and (loose or self.makes_signal(symbol)):
                return f"{symbol.unit.name}.{target.id}"
        return ""

    def makes_signal(self, symbol: ValueSymbol) -> bool:
        if not isinstance(symbol.value, s.Call):
            return False
        cls = self.names.follow(self.names.resolve(symbol.unit, symbol.value.func, symbol.owner))
        return self.names.is_subclass(cls, *SIGNAL_CLASSES)

    # --- which receiver ---

    def receiver(self, scope: Scope, expr: s.Expr) -> tuple[str, FunctionSymbol | None, Scope | None]:
        if isinstance(expr, s.Call):
            if full_name(self.names, scope, expr.func) in PARTIAL and expr.args:
                return self.receiver(scope, expr.args[0])
            cls = self.names.follow(resolve(self.names, scope, expr.func))
            return f"instance:{self.names.name_of(cls)}" if isinstance(cls, ClassSymbol) else "?", None, None
        if isinstance(expr, s.Lambda):
            return "<lambda>", None, None
        owner = self.instance_of(scope, expr.value) if isinstance(expr, s.Attr) else None
        if isinstance(expr, s.Attr) and owner is not None:
            return self.named(self.names.attribute(owner, expr.name, scope.unit), expr)
        symbol = resolve(self.names, scope, expr)
        followed = self.names.follow(symbol)
        if isinstance(followed, ValueSymbol) and isinstance(followed.value, s.Call):
            return self.receiver(Scope(followed.unit), followed.value)
        return self.named(followed, expr, scope)

    def instance_of(self, scope: Scope, expr: s.Expr) -> ClassSymbol | None:
        """The class whose instance an expression is: `self`, `Keeper()`, a variable that holds one."""
        if isinstance(expr, s.Name) and expr.id in ("self", "cls"):
            return scope.owner
        if isinstance(expr, s.Name):
            symbol = self.names.follow(resolve(self.names, scope, expr))
            if not isinstance(symbol, ValueSymbol):
                return None
            scope, expr = scope if symbol.unit is scope.unit else Scope(symbol.unit), symbol.value
        if not isinstance(expr, s.Call):
            return None
        cls = self.names.follow(resolve(self.names, scope, expr.func))
        return cls if isinstance(cls, ClassSymbol) else None

    def named(
        self, symbol: Symbol | None, expr: s.Expr, scope: Scope | None = None
    ) -> tuple[str, FunctionSymbol | None, Scope | None]:
        if not isinstance(symbol, FunctionSymbol):
            return self.names.name_of(symbol) or "?", None, None
        outer: tuple[s.FunctionDef, ...] = ()
        if scope is not None and isinstance(expr, s.Name):
            local = find_local(scope, expr.id)
            if local is not None and symbol.node in local.nodes:
                outer = local.scope.functions
        if symbol.unit.is_library:
            return symbol.dotted, None, None
        return symbol.dotted, symbol, Scope(symbol.unit, (*outer, symbol.node), symbol.owner)

    # --- which sender ---

    def senders(self, scope: Scope, expr: s.Expr) -> list[Sender]:
        written = expr.items if isinstance(expr, s.Seq) else (expr,)
        found = ((part, self.sender(scope, part)) for part in self.candidates(scope, expr))
        return [replace(sender, expr=part) if part in written else sender for part, sender in found]

    def sender(self, scope: Scope, expr: s.Expr) -> Sender:
        if isinstance(expr, s.Lit) and expr.value is None:
            return ANY
        if isinstance(expr, s.Name) and expr.id == "self" and scope.owner is not None:
            return Sender(f"<instance {scope.owner.name}>")
        if isinstance(expr, s.Attr) and expr.name == "through":
            return self.through(scope, expr.value)
        model = model_named(self.project, scope, expr)
        if model is not None:
            return self.of_model(model)
        label = text(self.project, scope, expr)
        if label is None and isinstance(expr, s.Call) and last_name(expr.func) == "get_model":
            label = label_in(self.project, scope, expr)
        if label is not None:
            return Sender(label)
        symbol = self.names.follow(resolve(self.names, scope, expr))
        return Sender(symbol.dotted) if isinstance(symbol, (ClassSymbol, External)) else UNKNOWN_SENDER

    def of_model(self, model: Model) -> Sender:
        return Sender(model.label or model.symbol.dotted, model)

    def through(self, scope: Scope, expr: s.Expr) -> Sender:
        """`Book.tags.through`: the model of the table between."""
        if not isinstance(expr, s.Attr):
            return UNKNOWN_SENDER
        owner = self.sender(scope, expr.value).model
        field = owner.fields.get(expr.name) if owner is not None else None
        if owner is None or field is None or not field.many_to_many:
            return UNKNOWN_SENDER
        given = field.call.keyword("through") if field.call is not None else None
        if given is None:
            return Sender(f"{field.model.label}_{field.name}")
        through = self.project.models.reference(field.model, given)
        return self.of_model(through) if through is not None else UNKNOWN_SENDER

    # --- expressions ---

    def candidates(self, scope: Scope, expr: s.Expr, _steps: int = 0) -> Iterator[s.Expr]:
        """The items of a list, and what a loop variable runs through."""
        if isinstance(expr, s.Seq):
            for item in expr.items:
                yield from self.candidates(scope, item, _steps + 1)
            return
        if isinstance(expr, s.Name) and _steps < 3:
            local = find_local(scope, expr.id)
            nodes = local.nodes if local is not None else tuple(b.node for b in scope.unit.names.get(expr.id, ()))
            if len(nodes) == 1:
                node: Union[s.Stmt, None] = nodes[0]
                if isinstance(node, s.For) and isinstance(node.target, s.Name):
                    yield from self.candidates(scope, node.iterable, _steps + 1)
                    return
                if isinstance(node, s.Assign) and isinstance(node.value, s.Seq) and isinstance(node.targets[0], s.Name):
                    yield from self.candidates(scope, node.value, _steps + 1)
                    return
        yield expr


def _exclusive(one: Receiver, other: Receiver) -> bool:
    """Two connections below one `if` of one function may be its two branches."""
    return one.scope == other.scope and any(guard in other.guards for guard in one.guards)


_OVERRIDES = frozenset({"__init__", "__new__", "__init_subclass__", "save", "delete", "clean", "full_clean"})


def can_receive(project: Project, unit: Unit) -> bool:
    """Whether a module has a function that a signal may call, a gate for checks: it takes `**kwargs`, and it is decorated by
    a call, or a module that calls `connect` speaks of it. Overrides of a model's own methods take `**kwargs` too."""
    takers = [f.node for f in project.functions(unit) if any(param.kind == "**" for param in f.node.params)]
    if any(isinstance(decorator, s.Call) for node in takers for decorator in node.decorators):
        return True
    names = {node.name for node in takers} - _OVERRIDES
    return bool(names) and any(other.mentions(name) for other in project.receivers.connecting for name in names)


def _arguments(function: s.FunctionDef, call: s.Call) -> dict[str, s.Expr]:
    """What each parameter gets in a call."""
    given: dict[str, s.Expr] = {k.name: k.value for k in call.keywords if k.name}
    args = list(call.args)
    for param in function.params:
        if param.kind == "*":
            given[param.name] = s.Seq("tuple", tuple(args))
            break
        if args and param.kind in ("", "/"):
            given[param.name] = args.pop(0)
    return given


def _connects(node: s.Stmt) -> Iterator[tuple[s.Call, s.Expr]]:
    """The calls of a method `connect` in a statement itself, each with what it is called on."""
    for expr in own(node):
        for part, _ in evaluated(expr):
            if isinstance(part, s.Call) and isinstance(part.func, s.Attr) and part.func.name == "connect":
                yield part, part.func.value


def is_plain(names: Names, body: Scope) -> bool:
    """Whether no decorator of the project's own stands between a signal and the function: one that asks for `raw`, perhaps,
    or keeps a second call away."""
    named = map(callee, body.functions[-1].decorators)
    return all(full_name(names, body.module, each) in _TRANSPARENT for each in named)
