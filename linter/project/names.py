"""What a name means: imports, star imports, re-exports, attributes of modules and classes, followed across files."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator

from linter.facts import syntax as s
from linter.project.imports.by_text import loaded
from linter.project.imports.modules import Modules
from linter.project.units import (
    Binding,
    ClassSymbol,
    External,
    FunctionSymbol,
    ModuleSymbol,
    Symbol,
    Unit,
    ValueSymbol,
)

BUILTIN_CLASSES = frozenset(name for name, value in vars(builtins).items() if isinstance(value, type))
MOST_STEPS = 40  # a chain of re-exports longer than this is a loop


def dotted(expr: s.Expr) -> str | None:
    """`a.b.c` as text, None for anything else."""
    parts: list[str] = []
    while isinstance(expr, s.Attr):
        parts.append(expr.name)
        expr = expr.value
    if not isinstance(expr, s.Name):
        return None
    parts.append(expr.id)
    return ".".join(reversed(parts))


def last_name(expr: s.Expr) -> str:
    """The last part of a dotted expression, "" for any other."""
    return expr.name if isinstance(expr, s.Attr) else expr.id if isinstance(expr, s.Name) else ""


def callee(expr: s.Expr) -> s.Expr:
    """What is called, of a call; anything else as it is: decorators come with arguments and without."""
    return expr.func if isinstance(expr, s.Call) else expr


class Names:
    """`load(path)` gives a project file's unit, `library(module name)` one of the environment or the catalogue."""

    def __init__(
        self, modules: Modules, load: Callable[[str], Unit | None], library: Callable[[str], Unit | None]
    ) -> None:
        self._modules = modules
        self._load = load
        self._library = library
        self._classes: dict[tuple[str, str], ClassSymbol] = {}
        self._unit_classes: dict[Unit, tuple[ClassSymbol, ...]] = {}
        self._members: dict[tuple[str, str], Symbol | None] = {}
        # What a call gives where a framework says so: `get_user_model()`, `get_model("app", "Model")`.
        self.made: Callable[[Unit, s.Call], Symbol | None] = lambda unit, call: None
        self._other_bases: dict[tuple[str, str], tuple[Symbol | None, ...]] = {}
        self._spellings: dict[tuple[str, ...], frozenset[str]] = {}
        self._mros: dict[ClassSymbol, tuple[tuple[ClassSymbol | External, ...], bool]] = {}
        self._placed: dict[ClassSymbol, list[ClassSymbol | External | None]] = {}
        self._bases: dict[ClassSymbol, list[ClassSymbol | External | None]] = {}
        self._looking = 0  # how many lookups are under way: what is found meanwhile may be half of the truth

    # --- modules ---

    def module(self, name: str, importer: str = "") -> Unit | None:
        path = self._modules.find(name, importer)
        if path is not None:
            return self._load(path)
        return self._library(name)

    def imported(self, unit: Unit, node: s.ImportFrom) -> str | None:
        """The absolute module that a `from … import` names."""
        if unit.is_library:
            return _absolute(unit, node.module, node.level)
        return self._modules.absolute(unit.path, node.module, node.level)

    # --- names in a module ---

    def lookup(self, unit: Unit, name: str, _steps: int = 0) -> Symbol | None:
        """What a module's global name means; None where the module binds no such name (or it cannot be said)."""
        key = (unit.path, name)
        if key in self._members:
            return self._members[key]
        if _steps > MOST_STEPS:
            return None
        self._members[key] = None  # a loop of imports finds nothing instead of itself
        self._looking += 1
        try:
            found = self._lookup(unit, name, _steps + 1)
        finally:
            self._looking -= 1
        self._members[key] = found
        return found

    def _lookup(self, unit: Unit, name: str, steps: int) -> Symbol | None:
        binding = choose(unit.names.get(name, []))
        if binding is not None:
            return self._symbol(unit, binding.node, name, None, steps)
        for star in reversed(unit.star_imports):
            source = self.imported(unit, star)
            module = self._source(source, unit) if source else None
            if module is None or module is unit:
                continue
            if module.exports is not None and name not in module.exports:
                continue
            if module.exports is None and name.startswith("_"):
                continue
            found = self.lookup(module, name, steps)
            if found is not None:
                return found
        submodule = self.module(f"{unit.name}.{name}", unit.path) if unit.path.endswith("__init__.py") else None
        return ModuleSymbol(submodule) if submodule is not None else None

    def _symbol(self, unit: Unit, node: s.Stmt, name: str, owner: ClassSymbol | None, steps: int) -> Symbol | None:
        if isinstance(node, s.ClassDef):
            return self.class_symbol(unit, node, f"{owner.qualname}.{node.name}" if owner else node.name)
        if isinstance(node, s.FunctionDef):
            return FunctionSymbol(unit, node, owner)
        if isinstance(node, s.Import):
            return self._module_or_external(node.bound, unit.path)
        if isinstance(node, s.ImportFrom):
            source = self.imported(unit, node)
            if source is None:
                return None
            return self._from(source, node.name, unit, steps)
        if isinstance(node, s.Assign) and node.value is not None:
            return ValueSymbol(unit, _assigned(node, name), node, owner)
        return None

    def bound(self, unit: Unit, binding: Binding, name: str) -> Symbol | None:
        """What one binding of a name, in a function's body too, binds it to."""
        return self._symbol(unit, binding.node, name, None, 0)

    def _module_or_external(self, name: str, importer: str) -> Symbol:
        module = self.module(name, importer)
        return ModuleSymbol(module) if module is not None else External(name)

    def _from(self, source: str, name: str, importer: Unit, steps: int) -> Symbol:
        module = self._source(source, importer)
        if module is not None and module is not importer:
            found = self.lookup(module, name, steps)
            if found is not None:
                return found
        submodule = self.module(f"{source}.{name}", importer.path)
        if submodule is not None:
            return ModuleSymbol(submodule)
        return External(f"{source}.{name}")

    def _source(self, name: str, importer: Unit) -> Unit | None:
        """The module that names are imported from; one beside the importer, as in Python 2, where there is no other."""
        module = self.module(name, importer.path)
        if module is not None or importer.is_library or "." not in importer.name:
            return module
        package = importer.name if importer.path.endswith("__init__.py") else importer.name.rpartition(".")[0]
        return self.module(f"{package}.{name}", importer.path)

    def class_symbol(
        self, unit: Unit, node: s.ClassDef, qualname: str, function: s.FunctionDef | None = None
    ) -> ClassSymbol:
        """The one symbol of a class statement."""
        key = (unit.path, f"{qualname}@{function.body if function else ''}:{node.at}")
        symbol = self._classes.get(key)
        if symbol is None:
            symbol = self._classes[key] = ClassSymbol(unit, node, qualname, function)
        return symbol

    # --- expressions that name something ---

    def resolve(self, unit: Unit, expr: s.Expr, owner: ClassSymbol | None = None, _steps: int = 0) -> Symbol | None:
        """The thing that a dotted expression at module or class level names; None where it is not one, or not known."""
        if _steps > MOST_STEPS:
            return None
        if isinstance(expr, s.Name):
            if owner is not None:
                binding = choose(owner.names.get(expr.id, []))
                if binding is not None:
                    return self._symbol(unit, binding.node, expr.id, owner, _steps)
            return self.lookup(unit, expr.id, _steps + 1)
        if isinstance(expr, s.Attr):
            base = self.resolve(unit, expr.value, owner, _steps + 1)
            base = self.follow(base, _steps + 1)
            return self.attribute(base, expr.name, unit, _steps + 1) if base is not None else None
        return None

    def follow(self, symbol: Symbol | None, _steps: int = 0) -> Symbol | None:
        """Through plain aliases (`Alias = Original`, `x = module.thing`) and calls that load a class to what they name."""
        while isinstance(symbol, ValueSymbol) and isinstance(symbol.value, (s.Name, s.Attr, s.Call, s.Sub)):
            _steps += 1
            if _steps > MOST_STEPS:
                return None
            if isinstance(symbol.value, (s.Call, s.Sub)):
                target = loaded(self, symbol, _steps + 1)
            else:
                target = self.resolve(symbol.unit, symbol.value, None, _steps)
            if target is None or target is symbol:
                return symbol
            symbol = target
        return symbol

    def attribute(self, base: Symbol, name: str, importer: Unit, _steps: int = 0) -> Symbol | None:
        if isinstance(base, ModuleSymbol):
            found = self.lookup(base.unit, name, _steps)
            if found is None:
                submodule = self.module(f"{base.unit.name}.{name}", importer.path)
                found = ModuleSymbol(submodule) if submodule is not None else None
            if found is None and base.unit.is_library:
                return External(f"{base.unit.name}.{name}")
            return found
        if isinstance(base, External):
            joined = f"{base.dotted}.{name}"
            return self._module_or_external(joined, importer.path)
        if isinstance(base, ClassSymbol):
            for cls in self.mro(base)[0]:
                if isinstance(cls, External):
                    return None
                binding = choose(cls.names.get(name, []))
                if binding is not None:
                    return self._symbol(cls.unit, binding.node, name, cls, _steps)
        return None

    def find(self, name: str, importer: str = "") -> Symbol | None:
        """The thing of a full dotted name such as `hc.api.models.Check` or `django.db.models.CharField`."""
        parts = name.split(".")
        for cut in range(len(parts), 0, -1):
            unit = self.module(".".join(parts[:cut]), importer)
            if unit is None:
                continue
            symbol: Symbol | None = ModuleSymbol(unit)
            for part in parts[cut:]:
                symbol = self.attribute(symbol, part, unit) if symbol is not None else None
            return symbol
        return None

    def name_of(self, symbol: Symbol | None) -> str:
        """The dotted name of what a symbol is, "" where it has none."""
        if isinstance(symbol, (ClassSymbol, FunctionSymbol)):
            return symbol.dotted
        if isinstance(symbol, External):
            return symbol.dotted
        if isinstance(symbol, ModuleSymbol):
            return symbol.unit.name
        return ""

    def full_name(self, unit: Unit, expr: s.Expr, owner: ClassSymbol | None = None) -> str:
        """The full dotted name that an expression refers to, through imports and aliases, "" where it is not known.

        A name re-exported by a library comes out as the place where it is defined if that was read, else as written."""
        return self.name_of(self.follow(self.resolve(unit, expr, owner)))

    # --- classes ---

    def classes(self, unit: Unit) -> tuple[ClassSymbol, ...]:
        """Every class of a module, at its top level and in its classes."""
        found = self._unit_classes.get(unit)
        if found is None:
            found = self._unit_classes[unit] = tuple(self._classes_in(unit, unit.statements, ""))
        return found

    def _classes_in(self, unit: Unit, statements: list[tuple[s.Stmt, str]], prefix: str) -> Iterator[ClassSymbol]:
        for node, _ in statements:
            if isinstance(node, s.ClassDef):
                symbol = self.class_symbol(unit, node, prefix + node.name)
                yield symbol
                yield from self._classes_in(unit, symbol.statements, f"{symbol.qualname}.")

    def place(self, symbol: ClassSymbol, bases: list[ClassSymbol | External | None]) -> None:
        """Say the bases of a class that no class statement makes."""
        self._placed[symbol] = bases

    def bases(self, symbol: ClassSymbol) -> list[ClassSymbol | External | None]:
        """The bases of a class as they resolve; None for one that does not."""
        known = self._placed.get(symbol)
        if known is None:
            known = self._bases.get(symbol)
        if known is None:
            known = self._resolved_bases(symbol)
            if not self._looking:
                self._bases[symbol] = known
        return known

    def _resolved_bases(self, symbol: ClassSymbol) -> list[ClassSymbol | External | None]:
        found: list[ClassSymbol | External | None] = []
        for base in _written_bases(symbol.node):
            if isinstance(base, s.Sub):  # Generic[T], Manager["Model"]
                base = base.value
            base = _manager_extended(base) or base
            target = self.follow(self.resolve(symbol.unit, base))
            manager = _manager_extended(target.value) if isinstance(target, ValueSymbol) else None
            if isinstance(target, ValueSymbol) and manager is not None:
                target = self.follow(self.resolve(target.unit, manager))
            elif isinstance(target, ValueSymbol) and isinstance(target.value, s.Call):
                target = self.follow(self.made(target.unit, target.value))
            elif isinstance(target, ValueSymbol) and isinstance(target.value, s.Cond):
                target = self.follow(self.resolve(target.unit, target.value.body))
            elif isinstance(base, s.Call):
                target = self.follow(self.made(symbol.unit, base))
            if target is symbol and isinstance(base, s.Name):
                # `class Check(Check)`: the base is the binding before this one.
                target = self._earlier(symbol, base.id)
            if isinstance(target, ClassSymbol) and isinstance(base, s.Name):
                target = self._fuller(symbol.unit, base, target)
            if isinstance(target, ValueSymbol) and isinstance(target.value, s.Name):  # `else: TypedModelMeta = object`
                base, target = target.value, None
            if target is None and isinstance(base, s.Name) and base.id in BUILTIN_CLASSES:
                target = External(f"builtins.{base.id}")
            if isinstance(target, External) or (isinstance(target, ClassSymbol) and target is not symbol):
                found.append(target)
            else:
                found.append(None)
        return found

    def _earlier(self, symbol: ClassSymbol, name: str) -> Symbol | None:
        before = [b for b in symbol.unit.names.get(name, []) if b.node is not symbol.node]
        binding = choose(before)
        return self.follow(self._symbol(symbol.unit, binding.node, name, None, 0)) if binding else None

    def other_bases(self, symbol: ClassSymbol) -> list[ClassSymbol | External | None]:
        """What its bases are under other conditions than those that `bases` takes: `if …: from a import Base` and, in the
        `else`, another `Base`."""
        found: list[ClassSymbol | External | None] = []
        for base in symbol.node.bases:
            for target in self._alternatives(symbol.unit, base) if isinstance(base, s.Name) else ():
                sure = isinstance(target, (ClassSymbol, External))
                found.append(target if sure else None)  # type: ignore[arg-type]  # `sure` says what it is
        return found

    def _fuller(self, unit: Unit, base: s.Name, taken: ClassSymbol) -> ClassSymbol:
        """Of two classes under a condition the one that inherits the other: that is the fallback."""
        for other in reversed(self._alternatives(unit, base)):
            if isinstance(other, ClassSymbol) and other is not taken and taken in self.mro(other)[0]:
                return other
        return taken

    def _alternatives(self, unit: Unit, base: s.Name) -> tuple[Symbol | None, ...]:
        key = (unit.path, base.id)
        found = self._other_bases.get(key)
        if found is None:
            found = self._other_bases[key] = tuple(self._others(unit, base))
        return found

    def _others(self, unit: Unit, expr: s.Name, _steps: int = 0) -> Iterator[Symbol | None]:
        """What a name is bound to in the branches of an `if` that are not taken."""
        if _steps > MOST_STEPS:
            return
        found = unit.names.get(expr.id, [])
        real = [b for b in found if not _is_fallback(b)]
        if len(real) > 1 and any(b.guard == "if" for b in real):
            for other in real[:-1]:
                yield self.follow(self._symbol(unit, other.node, expr.id, None, 0))
        binding = choose(found)
        node = binding.node if binding is not None else None
        if isinstance(node, s.ImportFrom):
            source = self.imported(unit, node)
            module = self.module(source, unit.path) if source else None
            if module is not None:
                yield from self._others(module, s.Name(node.name), _steps + 1)
        elif isinstance(node, s.Assign) and isinstance(node.value, s.Cond):  # `Base = A if … else B`
            yield self.follow(self.resolve(unit, node.value.orelse))

    def mro(self, symbol: ClassSymbol) -> tuple[tuple[ClassSymbol | External, ...], bool]:
        """The method resolution order, and whether every class in it was found.

        Classes that were not read stand in it as External (they close nothing: the second value is then False)."""
        known = self._mros.get(symbol)
        if known is None:
            self._mros[symbol] = ((symbol,), False)  # what a loop of bases sees
            known = self._mros[symbol] = self._linearise(symbol)
        return known

    def _linearise(self, symbol: ClassSymbol) -> tuple[tuple[ClassSymbol | External, ...], bool]:
        complete = True
        sequences: list[list[ClassSymbol | External]] = []
        direct: list[ClassSymbol | External] = []
        for base in self.bases(symbol):
            if base is None:
                complete = False
            elif isinstance(base, External):
                complete = complete and base.dotted in ("object", "builtins.object")
                sequences.append([base])
                direct.append(base)
            else:
                order, whole = self.mro(base)
                complete = complete and whole
                sequences.append(list(order))
                direct.append(base)
        if len(sequences) == 1:
            return (symbol, *sequences[0]), complete
        sequences.append(direct)
        merged: list[ClassSymbol | External] = [symbol]
        while sequences := [q for q in sequences if q]:
            for sequence in sequences:
                head = sequence[0]
                if not any(head in q[1:] for q in sequences):
                    break
            else:
                complete = False  # no order exists: Python would refuse the class
                head = sequences[0][0]
            merged.append(head)
            for q in sequences:
                if q[0] == head:
                    del q[0]
                elif head in q:
                    q.remove(head)
        return tuple(merged), complete

    def is_subclass(self, symbol: Symbol | None, *names: str) -> bool:
        """Whether a class is, or inherits, one of the classes of these full names, as they are imported or defined."""
        known = self.spellings(*names)
        if isinstance(symbol, External):
            return symbol.dotted in known
        if not isinstance(symbol, ClassSymbol):
            return False
        return any(self.name_of(cls) in known for cls in self.mro(symbol)[0])

    def spellings(self, *names: str) -> frozenset[str]:
        """Full names, and those of the places that define them: `django.db.models.Model` is `django.db.models.base.Model`
        wherever the source of Django was read, and stays what it is where not."""
        found = self._spellings.get(names)
        if found is None:
            defining = (self.name_of(self.follow(self.find(name))) for name in names)
            found = self._spellings[names] = frozenset(names) | {name for name in defining if name}
        return found


def choose(found: list[Binding]) -> Binding | None:
    """The binding that counts: the last one, but a fallback in `except`, an `else` with None, and a bare annotation
    never hide the real thing."""
    real = [b for b in found if not _is_fallback(b)]
    candidates = real or found
    return candidates[-1] if candidates else None


def metaclass(node: s.ClassDef) -> s.Expr | None:
    """The metaclass of `class A(metaclass=M)` and of `class A(with_metaclass(M, Base))`, as `six` and its like say it."""
    made = (base.args[0] for base in node.bases if _with_metaclass(base) and isinstance(base, s.Call) and base.args)
    return next((keyword.value for keyword in node.keywords if keyword.name == "metaclass"), next(made, None))


def _written_bases(node: s.ClassDef) -> Iterator[s.Expr]:
    for base in node.bases:
        if _with_metaclass(base) and isinstance(base, s.Call):
            yield from base.args[1:]
        else:
            yield base


def _with_metaclass(base: s.Expr) -> bool:
    return isinstance(base, s.Call) and last_name(base.func) == "with_metaclass"


def _manager_extended(expr: s.Expr) -> s.Expr | None:
    """The manager class of `Manager.from_queryset(…)`: what that gives is one, with the methods of a queryset class."""
    if isinstance(expr, s.Call) and isinstance(expr.func, s.Attr) and expr.func.name == "from_queryset":
        return expr.func.value
    return None


def _is_fallback(binding: Binding) -> bool:
    if binding.guard == "except":
        return True
    node = binding.node
    if isinstance(node, s.Assign):
        if isinstance(node.value, s.Name):  # `Field = Field` says again what the binding before it says
            return any(isinstance(target, s.Name) and target.id == node.value.id for target in node.targets)
        return node.value is None or (isinstance(node.value, s.Lit) and node.value.value is None)
    return isinstance(node, s.AugAssign)


def _assigned(node: s.Assign, name: str) -> s.Expr:
    """The part of an assignment's value that a name gets."""
    assert node.value is not None
    for target in node.targets:
        if isinstance(target, s.Name) and target.id == name:
            return node.value
        if isinstance(target, s.Seq):
            for index, part in enumerate(target.items):
                if isinstance(part, s.Name) and part.id == name:
                    return _unpacked(node.value, index, target)
    return s.Unknown()


def _unpacked(value: s.Expr, index: int, target: s.Seq) -> s.Expr:
    """What `a, b = value` gives to one of its names."""
    if any(isinstance(part, s.Starred) for part in target.items):
        return s.Unknown()
    if isinstance(value, s.Seq):
        return value.items[index] if len(value.items) == len(target.items) else s.Unknown()
    return s.Sub(value, s.Lit(index))


def _absolute(unit: Unit, module: str, level: int) -> str | None:
    if level == 0:
        return module
    parts = unit.name.split(".")
    if unit.path.endswith("__init__.py"):
        level -= 1
    if level > len(parts):
        return None
    base = parts[: len(parts) - level] if level else parts
    return ".".join([*base, module] if module else base)
