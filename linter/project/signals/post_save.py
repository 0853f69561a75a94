"""The rows that post_save receivers make, and whether such a row can be there already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from linter.facts import syntax as s
from linter.project.control import Condition, Step, all_parts, evaluated, facts, own, steps
from linter.project.imports.modules import is_test
from linter.project.models.meta import own_meta
from linter.project.models.named import model_named
from linter.project.names import Names, last_name
from linter.project.scopes import Scope, full_name, resolve
from linter.project.signals.creators import Creation, Creators, Inline
from linter.project.signals.receivers import Receiver
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, FunctionSymbol

if TYPE_CHECKING:
    from linter.project import Project
    from linter.project.models import Field, Model

Guard = Literal["none", "created", "other"]

# What an IntegrityError is caught by.
CAUGHT_BY = frozenset(
    {
        "django.db.IntegrityError", "django.db.utils.IntegrityError", "django.db.DatabaseError", "django.db.utils.DatabaseError",
        "django.db.Error", "django.db.utils.Error", "Exception", "BaseException",
    }
)  # fmt: skip
SUPPRESS = frozenset({"contextlib.suppress"})


class SignalCreation(msgspec.Struct, frozen=True):
    """A row made when a `sender` was saved. `key`: the fields that must be unique together and that the call repeats for
    each save of the same instance; `relation`: the one of them that points at the sender, where it is the only one."""

    receiver: Receiver
    sender: Model
    creation: Creation
    guard: Guard
    key: tuple[Field, ...]
    relation: Field | None


class Other(msgspec.Struct, frozen=True):
    """Another place that makes the same row: code, or an inline of the admin that somebody fills in."""

    creation: Creation | None = None
    inline: Inline | None = None


class PostSave:
    def __init__(self, project: Project) -> None:
        self.project = project
        self.names = project.names
        self.creators: Creators = project.creators

    @cached_property
    def creations(self) -> tuple[SignalCreation, ...]:
        """Every creation in a post_save receiver, or in a function that one calls, that can collide with an earlier row."""
        return tuple(made for made in self.rows if made.creation.kind != "get_or_create")

    @cached_property
    def rows(self) -> tuple[SignalCreation, ...]:
        """The creations in receivers whose key comes from what was saved, those that look for the row first as well."""
        found: dict[tuple[str, int, int, str | None], SignalCreation] = {}
        for receiver in self.project.receivers.of_signal("post_save"):
            sender = receiver.sender.model
            if sender is None or receiver.body is None or is_test(receiver.path):
                continue
            for made in self._made(receiver, sender):
                function = made.creation.scope.function
                where = (made.creation.scope.unit.path, function.body if function else -1, made.creation.call.at)
                found.setdefault((*where, sender.label), made)
        return tuple(found.values())

    def in_file(self, path: str) -> tuple[SignalCreation, ...]:
        return self._by_path.get(path, ())

    @cached_property
    def _by_path(self) -> dict[str, tuple[SignalCreation, ...]]:
        found: dict[str, list[SignalCreation]] = {}
        for made in self.creations:
            found.setdefault(made.creation.scope.unit.path, []).append(made)
        return {path: tuple(some) for path, some in found.items()}

    def _made(self, receiver: Receiver, sender: Model) -> Iterator[SignalCreation]:
        assert receiver.body is not None
        reader = _Reader(self.project, receiver.body, given_by_signal(receiver.body), sender)
        for creation, guard, aliases in reader.creations():
            if creation.model is sender:
                continue
            key = self._key(creation, sender, aliases, guard)
            if key:
                relation = key[0] if len(key) == 1 and _points_at(key[0], sender, self.names) else None
                yield SignalCreation(receiver, sender, creation, guard, key, relation)

    def _key(self, creation: Creation, sender: Model, aliases: Aliases, guard: Guard) -> tuple[Field, ...]:
        """The unique key whose every value the call takes from the instance, or from a constant."""
        best: tuple[Field, ...] = ()
        for names in self.unique_keys(creation.model):
            origins = [aliases.origin(creation.value(name)) for name in names]
            if None in origins or ("instance" not in origins and (guard != "none" or "relation" not in origins)):
                continue
            fields = tuple(creation.model.fields[name] for name in names)
            if creation.kind == "save" and len(fields) == 1 and fields[0].primary_key:
                continue  # `save()` of a row whose key is there changes that row
            if not best or len(fields) < len(best):
                best = fields
        return best

    @memo
    def unique_keys(self, model: Model) -> tuple[tuple[str, ...], ...]:
        """The names of fields that must be unique, alone or together."""
        found: list[tuple[str, ...]] = [
            (name,)
            for name, field in model.fields.items()
            if field.unique is True and not field.many_to_many and field.call
        ]
        for cls in self.names.mro(model.symbol)[0]:
            meta = own_meta(self.names, cls) if isinstance(cls, ClassSymbol) and not cls.unit.is_library else None
            if meta is None:
                continue
            together = meta.option("unique_together")
            if together is not None:
                found.extend(_together(together.expr))
            constraints = meta.option("constraints")
            if constraints is not None and isinstance(constraints.expr, s.Seq):
                for item in constraints.expr.items:
                    if isinstance(item, s.Call) and _is_plain_unique(item):
                        found.extend(_strings(item.keyword("fields")))
            break
        return tuple(names for names in found if all(name in model.fields for name in names))

    # --- who else makes the row ---

    @memo
    def others(self, made: SignalCreation) -> tuple[Other, ...]:
        """The other places that make the row which a receiver makes for each new sender, those in code first."""
        if made.relation is None or made.relation.related is not made.sender:
            return ()
        model = made.creation.model
        rivals = (c for c in self.creators.of(model, made.relation) if self._collides(made, c))
        found = [Other(creation) for creation in rivals]
        found += [Other(inline=inline) for inline in self.creators.inlines(model, made.sender)]
        return tuple(found)

    def _collides(self, made: SignalCreation, other: Creation) -> bool:
        if other.scope == made.creation.scope and other.call == made.creation.call:
            return False
        if "disconnect(" in other.scope.unit.module.uses:
            return False  # it may well do so with the receiver switched off
        if other.kind == "get_or_create":
            return self._runs_before(other, made)
        value = other.value(made.relation.name) if made.relation is not None else None
        if value is None or isinstance(value, s.Lit):
            return False
        if is_caught(other.step, self.names, other.scope) or asks_first(other):
            return False
        return self.is_called(other.scope)

    def is_called(self, scope: Scope) -> bool:
        """Whether anything calls a function: methods are the framework's to call, receivers must be connected, any other
        function is named somewhere."""
        function = scope.functions[0]
        if scope.owner is not None:
            return True
        if any(param.name == "sender" for param in function.params):
            return any(receiver.body == scope for receiver in self.project.receivers)
        return scope.unit.mentions(function.name, times=2) or any(
            unit.mentions(function.name)
            for unit in self.project.units()
            if unit is not scope.unit and not is_test(unit.path)
        )

    def _runs_before(self, other: Creation, made: SignalCreation) -> bool:
        """Two receivers of one module and sender: the one connected first runs first."""
        if other.scope.unit is not made.creation.scope.unit:
            return False
        receivers = [
            r for r in self.project.receivers.of_signal("post_save") if r.sender.key == made.receiver.sender.key
        ]
        order = [r.body for r in receivers if r.body is not None and r.scope == made.receiver.scope]
        if other.scope not in order or made.creation.scope not in order:
            return False
        return order.index(other.scope) < order.index(made.creation.scope)


# --- reading a receiver ------------------------------------------------------------------------------------------------


class Aliases:
    """Which local names stand for what the signal sends: `instance`, `created`, `raw`, `sender`, or all of it (`kwargs`)."""

    def __init__(self, project: Project, scope: Scope, given: dict[str, str], sender: Model) -> None:
        self.project = project
        self.scope = scope
        self.given = dict(given)
        self.sender = sender
        assert scope.function is not None
        for name, found in scope.unit.local_names(scope.function).items():
            node = found[0].node
            if len(found) == 1 and isinstance(node, s.Assign) and node.value is not None and len(node.targets) == 1:
                meant = self.of(node.value)
                if meant and isinstance(node.targets[0], s.Name):
                    self.given[name] = meant
                    continue
            self.given.pop(name, None)

    def of(self, expr: s.Expr) -> str:
        """`instance`, `kwargs["instance"]`, `kwargs.get("created", False)`; "" for anything else."""
        if isinstance(expr, s.Name):
            return self.given.get(expr.id, "")
        key: s.Expr | None = None
        base: s.Expr | None = None
        if isinstance(expr, s.Sub):
            base, key = expr.value, expr.index
        elif (
            isinstance(expr, s.Call)
            and isinstance(expr.func, s.Attr)
            and expr.func.name in ("get", "pop")
            and expr.args
        ):
            base, key = expr.func.value, expr.args[0]
        if isinstance(key, s.Str) and isinstance(base, s.Name) and self.given.get(base.id) == "kwargs":
            return key.value
        return ""

    def origin(self, expr: s.Expr | None) -> str | None:
        """Where a value comes from: the "instance" itself (or its key), a "relation" of it, a "constant"; None: not known."""
        if expr is None:
            return None
        if self.of(expr) == "instance":
            return "instance"
        if isinstance(expr, s.Attr) and self.of(expr.value) == "instance":
            if expr.name in ("pk", self.sender.pk or "id"):
                return "instance"
            field = self.sender.fields.get(expr.name) or self.sender.fields.get(expr.name.removesuffix("_id"))
            return "relation" if field is not None and field.is_relation and not field.many_to_many else None
        if isinstance(expr, s.Str) or (isinstance(expr, s.Lit) and expr.value is not None):
            return "constant"
        if isinstance(expr, s.Attr) and resolve(self.project.names, self.scope, expr) is not None:
            return "constant"
        return None

    def guard(self, conditions: tuple[Condition, ...]) -> Guard:
        """What the conditions of a part ask: nothing, whether the sender is new, or something else."""
        found: Guard = "none"
        for fact in (fact for condition in conditions for fact in facts(condition)):
            asked = self.asked(fact)
            if asked == "other":
                return "other"
            if asked == "created":
                found = "created"
        return found

    def asked(self, condition: Condition) -> str:
        test, holds = condition
        if isinstance(test, s.Op) and len(test.operands) == 2 and test.op in ("==", "!=", "is", "is not"):
            value = test.operands[1]
            if isinstance(value, s.Lit) and isinstance(value.value, bool):
                return self.asked(Condition(test.operands[0], holds == value.value == (test.op in ("==", "is"))))
            if isinstance(value, s.Lit) and value.value is None and self.of(test.operands[0]) == "instance":
                return "nothing"
            return "nothing" if "sender" in (self.of(test.operands[0]), self.of(value)) else "other"
        if isinstance(test, s.Call) and test.args:
            if last_name(test.func) == "bool":
                return self.asked(Condition(test.args[0], holds))
            if last_name(test.func) in ("isinstance", "issubclass") and self.of(test.args[0]) in ("instance", "sender"):
                return "nothing" if holds else "other"
        meant = self.of(test)
        if meant == "created":
            return "created" if holds else "nothing"
        if meant == "raw":
            return "other" if holds else "nothing"
        return "nothing" if meant == "instance" and holds else "other"


class _Reader:
    """The creations of one receiver, and of the functions it hands the instance to."""

    def __init__(
        self, project: Project, scope: Scope, given: dict[str, str], sender: Model, is_helper: bool = False
    ) -> None:
        self.project = project
        self.names = project.names
        self.scope = scope
        self.sender = sender
        self.is_helper = is_helper
        self.aliases = Aliases(project, scope, given, sender)

    def creations(self) -> Iterator[tuple[Creation, Guard, Aliases]]:
        for creation in self.project.creators.in_function(self.scope):
            if not is_caught(creation.step, self.names, self.scope) and not creation.step.in_loop:
                yield creation, self.aliases.guard(creation.conditions), self.aliases
        if not self.is_helper:
            yield from self.called()

    def called(self) -> Iterator[tuple[Creation, Guard, Aliases]]:
        for step in steps(self.scope.statements):
            if step.in_loop or is_caught(step, self.names, self.scope):
                continue
            for whole in own(step.node):
                for part, inner in evaluated(whole):
                    if isinstance(part, s.Call):
                        yield from self.helper(step, part, step.conditions + inner)

    def helper(
        self, step: Step, call: s.Call, conditions: tuple[Condition, ...]
    ) -> Iterator[tuple[Creation, Guard, Aliases]]:
        found = self.callee(call)
        guard = self.aliases.guard(conditions) if found is not None else "other"
        if found is None or guard == "other":
            return
        function, given = found
        if "instance" not in given.values() or function.unit.is_library:
            return
        scope = Scope(function.unit, (function.node,), function.owner)
        for creation, inner, aliases in _Reader(self.project, scope, given, self.sender, is_helper=True).creations():
            yield creation, inner if guard == "none" or inner == "other" else guard, aliases

    def callee(self, call: s.Call) -> tuple[FunctionSymbol, dict[str, str]] | None:
        """The project's function that is called, and what its parameters get of what the signal sent."""
        symbol = self.names.follow(resolve(self.names, self.scope, call.func))
        bound: list[str] = []
        if isinstance(symbol, FunctionSymbol):
            if any(isinstance(d, s.Name) and d.id == "classmethod" for d in symbol.node.decorators):
                bound = [""]
        elif isinstance(call.func, s.Attr):
            if self.aliases.of(call.func.value) == "instance":
                symbol, bound = self.sender.member(call.func.name), ["instance"]
            elif isinstance(call.func.value, s.Attr):
                model = model_named(self.project, self.scope, call.func.value.value)
                manager = model.managers.get(call.func.value.name) if model is not None else None
                if manager is not None and isinstance(manager.cls, ClassSymbol):
                    symbol, bound = self.names.attribute(manager.cls, call.func.name, self.scope.unit), [""]
        if not isinstance(symbol, FunctionSymbol):
            return None
        positional = [p.name for p in symbol.node.params if p.kind in ("", "/")]
        meant = dict(zip(positional, [*bound, *(self.aliases.of(arg) for arg in call.args)], strict=False))
        meant.update((k.name, self.aliases.of(k.value)) for k in call.keywords if k.name)
        return symbol, {name: what for name, what in meant.items() if what}


def given_by_signal(scope: Scope) -> dict[str, str]:
    """The parameters of a receiver that hold what the signal sends."""
    assert scope.function is not None
    given = {p.name: p.name for p in scope.function.params if p.name in ("instance", "created", "raw", "sender")}
    given.update((p.name, "kwargs") for p in scope.function.params if p.kind == "**")
    return given


# --- what can be said of a creation ------------------------------------------------------------------------------------


def is_caught(step: Step, names: Names, scope: Scope) -> bool:
    """Whether the collision is expected: something around catches it, or the row is made because it was not found."""
    if step.is_fallback:
        return True
    caught = list(step.caught)
    for context in step.contexts:
        if isinstance(context, s.Call) and full_name(names, scope, context.func) in SUPPRESS:
            caught.extend(context.args)
    for expr in caught:
        for one in expr.items if isinstance(expr, s.Seq) else (expr,):
            name = full_name(names, scope, one) or (one.id if isinstance(one, s.Name) else "")
            if isinstance(one, s.Unknown) or name in CAUGHT_BY:
                return True
    return False


_ASKS = frozenset(
    {"exists", "count", "first", "last", "hasattr", "getattr", "get", "filter", "aexists", "DoesNotExist"}
)


def asks_first(creation: Creation) -> bool:
    """Whether a place outside receivers makes the row only where it looked for one, or after it deleted one."""
    words = names_in(*(condition.test for condition in creation.conditions))
    statements = creation.scope.statements
    function = creation.scope.function
    for name, found in creation.scope.unit.local_names(function).items() if function is not None else ():
        if name in words:
            for binding in found:
                value = getattr(binding.node, "value", None)
                if isinstance(value, s.Call):
                    words |= names_in(value)
    if words & _ASKS:
        return True
    return any(isinstance(part, s.Attr) and part.name in ("delete", "adelete") for part in all_parts(statements))


def names_in(*exprs: s.Expr) -> set[str]:
    found: set[str] = set()
    for expr in exprs:
        for part, _ in evaluated(expr):
            if isinstance(part, s.Name):
                found.add(part.id)
            elif isinstance(part, s.Attr):
                found.add(part.name)
    return found


def _points_at(field: Field, sender: Model, names: Names) -> bool:
    return field.related is not None and field.related.symbol in names.mro(sender.symbol)[0]


def _is_plain_unique(call: s.Call) -> bool:
    """`UniqueConstraint(fields=[…])` for every row, not one over expressions or under a condition."""
    return last_name(call.func) == "UniqueConstraint" and not call.args and call.keyword("condition") is None


def _together(expr: s.Expr) -> Iterator[tuple[str, ...]]:
    """`unique_together = ("a", "b")` and `[("a", "b"), …]`."""
    if isinstance(expr, s.Seq) and expr.items and all(isinstance(item, s.Str) for item in expr.items):
        yield from _strings(expr)
    elif isinstance(expr, s.Seq):
        for item in expr.items:
            yield from _strings(item)


def _strings(expr: s.Expr | None) -> Iterator[tuple[str, ...]]:
    if isinstance(expr, s.Seq) and all(isinstance(item, s.Str) for item in expr.items):
        yield tuple(item.value for item in expr.items if isinstance(item, s.Str))
