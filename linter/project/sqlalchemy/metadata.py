"""Which MetaData a class or a table is in. Every way of making a base class ends in one."""

from __future__ import annotations

from typing import Literal

import msgspec

from linter.facts import syntax as s
from linter.project.names import choose
from linter.project.sqlalchemy import vocabulary
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.lineage import Element, Lineages
from linter.project.sqlalchemy.schema import SOME_SCHEMA, MetaData
from linter.project.sqlalchemy.values import NONE, Const, Lib, Made, Member, Value, text_of
from linter.project.units import ClassSymbol, Unit

Style = Literal["plain", "flask", "sqlmodel"]


class Root(msgspec.Struct, frozen=True):
    """How a class comes to be mapped: whose naming rules it follows, and where its table goes."""

    style: Style
    metadata: MetaData


class MetaDatas:
    def __init__(self, values: Evaluator, lineages: Lineages) -> None:
        self.values = values
        self.lineages = lineages
        self.all: dict[tuple[object, ...], MetaData] = {}
        self._roots: dict[ClassSymbol, Root | None] = {}

    # --- classes ---

    def root(self, symbol: ClassSymbol) -> Root | None:
        """What makes a class declarative; None where nothing does."""
        if symbol not in self._roots:
            self._roots[symbol] = None  # what a circle of definitions sees
            self._roots[symbol] = self._root(symbol)
        return self._roots[symbol]

    def _root(self, symbol: ClassSymbol) -> Root | None:
        decorated = self._decorated(symbol)
        if decorated is not None:
            return Root("plain", decorated)
        lineage = self.lineages.of(symbol)
        for element in lineage.order:
            found = self._base(element, symbol)
            if found is not None:
                metadata = self._overriding(symbol) or found.metadata
                bind = self._bind_key(symbol) if found.style == "flask" else None
                return Root(found.style, self._bound_to(metadata, bind) if bind else metadata)
        return self._unread(symbol)

    def _unread(self, symbol: ClassSymbol) -> Root | None:
        """A class that says which table it has, though what makes it mapped was not read."""
        if not {"__tablename__", "__table__"} & set(symbol.names):
            return None
        lineage = self.lineages.of(symbol)
        strangers = lineage.strangers()
        if len(strangers) == 1 and lineage.whole:
            name = strangers[0]
            return Root("plain", self.record(("lib", name), f"{name}.metadata", f"`{name}` was not read"))
        if strangers or not lineage.whole:
            return Root("plain", self.record(("unknown",), "some MetaData", "its base class was not read"))
        return None

    def _base(self, element: Element, symbol: ClassSymbol) -> Root | None:
        """What an element of a resolution order makes of a class, if it is a base class."""
        if isinstance(element, ClassSymbol):
            made = self._base_class(element)
            return Root("plain", made) if made is not None else None
        if isinstance(element, Member):
            db = element.base
            if element.name == "Model" and isinstance(db, Made) and db.kind in vocabulary.EXTENSIONS:
                return Root("flask", self._of_extension(db))
            return None
        if isinstance(element, Made):
            if element.kind in vocabulary.BASE_MAKERS:
                return Root("plain", self._of_maker(element))
            return None
        kind = vocabulary.kind(element.dotted)
        if element.dotted in vocabulary.APPBUILDER_MODELS:
            return Root("flask", self._appbuilder())
        if kind == "SQLModel":
            return Root("sqlmodel", self.record(("sqlmodel",), "SQLModel.metadata"))
        return None

    def _base_class(self, symbol: ClassSymbol) -> MetaData | None:
        """The MetaData of a class that is a declarative base itself."""
        for decorator in symbol.node.decorators:
            made = self.values.value(decorator, self.values.around(symbol))
            if isinstance(made, Made) and made.kind in vocabulary.BASE_DECORATORS:
                return self._of_maker(made)
        for base in self.lineages.bases(symbol):
            if isinstance(base, Lib) and vocabulary.kind(base.dotted) in vocabulary.BASES:
                return self.record(("base", symbol), f"{symbol.name}.metadata", _why_foreign(symbol.unit))
        for keyword in symbol.node.keywords:
            if keyword.name == "metaclass":
                meta = self.values.value(keyword.value, self.values.around(symbol))
                if self.values.kind(meta) == "DeclarativeMeta" and not any(
                    isinstance(e, ClassSymbol) and e is not symbol and self._base_class(e) is not None
                    for e in self.lineages.of(symbol).order
                ):
                    return self.record(("base", symbol), f"{symbol.name}.metadata", _why_foreign(symbol.unit))
        return None

    def _overriding(self, symbol: ClassSymbol) -> MetaData | None:
        """`metadata = …` or `registry = …` in the body of the class or of a base."""
        for cls in self.lineages.of(symbol).classes():
            for name in ("metadata", "registry"):
                binding = choose(cls.names.get(name, []))
                if binding is not None and isinstance(binding.node, s.Assign) and binding.node.value is not None:
                    value = self.values.bound(binding.node, name, self.values.inside(cls))
                    if isinstance(value, Made) and value.kind in vocabulary.COLUMNS | vocabulary.RELATIONSHIPS:
                        continue  # an image has a registry, too
                    return self.of(value) or self.record(
                        ("unread", cls), f"{cls.name}.metadata", "it was not understood"
                    )
        for cls in self.lineages.of(symbol).classes():
            for keyword in cls.node.keywords:  # class Base(SQLModel, registry=registry())
                if keyword.name == "registry":
                    return self.of(self.values.value(keyword.value, self.values.around(cls)))
        return None

    def _decorated(self, symbol: ClassSymbol) -> MetaData | None:
        """`@registry.mapped` and its like, without any base class."""
        for decorator in symbol.node.decorators:
            value = self.values.value(decorator, self.values.around(symbol))
            if isinstance(value, Member) and value.name in vocabulary.MAPPING_DECORATORS:
                return self.of(value.base)
            if isinstance(value, Made) and value.kind in vocabulary.MAPPING_DECORATORS:
                if isinstance(value.func, Member):
                    return self.of(value.func.base)
                if value.arguments.positional:
                    return self.of(self.values.arg(value.arguments.positional[0]))
        return None

    def _bind_key(self, symbol: ClassSymbol) -> str | None:
        for cls in self.lineages.of(symbol).classes():
            binding = choose(cls.names.get("__bind_key__", []))
            if binding is not None and isinstance(binding.node, s.Assign) and binding.node.value is not None:
                value = self.values.bound(binding.node, "__bind_key__", self.values.inside(cls))
                return None if value == NONE else text_of(value) or "?"
        return None

    # --- other things that have one ---

    def of(self, value: Value | None) -> MetaData | None:
        """The MetaData that a value is, or has: a MetaData, a registry, `Base.metadata`, `db`."""
        if isinstance(value, ClassSymbol):
            root = self.root(value)
            return root.metadata if root is not None else None
        if isinstance(value, Member):
            if value.name in ("metadata", "registry", "Model"):
                return self.of(value.base)
            if isinstance(value.base, Member) and value.base.name == "metadatas":
                metadata = self.of(value.base.base)
                return self._bound_to(metadata, value.name) if metadata is not None else None
            return None
        if isinstance(value, Lib):
            base = value.dotted.removesuffix(".metadata")
            if vocabulary.kind(base) == "SQLModel":
                return self.record(("sqlmodel",), "SQLModel.metadata")
            if base in vocabulary.APPBUILDER_MODELS:
                return self._appbuilder()
            return self.record(("lib", base), value.dotted, f"`{base}` was not read")
        if isinstance(value, Made):
            return self._of_made(value)
        return None

    def _of_made(self, made: Made) -> MetaData | None:
        if made.kind == "MetaData":
            schema = self.values.arg(made.arguments.keywords.get("schema"))
            return self.record(
                ("made", made.key),
                "MetaData()",
                _why_foreign(made.site.unit),
                schema=_schema(schema),
                local=made.site.function is not None,
            )
        if made.kind == "registry":
            given = made.arguments.keywords.get("metadata")
            if given is not None:
                return self.of(self.values.arg(given))
            why = _why_foreign(made.site.unit)
            return self.record(("made", made.key), "registry().metadata", why, local=made.site.function is not None)
        if made.kind in vocabulary.EXTENSIONS:
            return self._of_extension(made)
        if made.kind in vocabulary.BASE_MAKERS:
            return self._of_maker(made)
        return None

    def _of_maker(self, made: Made) -> MetaData:
        """What `declarative_base(…)`, `registry.generate_base()`, `as_declarative(…)` or `automap_base(…)` uses."""
        given = made.arguments.keywords.get("metadata")
        if given is not None:
            found = self.of(self.values.arg(given))
        elif isinstance(made.func, Member):
            found = self.of(made.func.base)
        else:
            found = None
            if (behind := made.arguments.keywords.get("cls")) is not None:
                base = self.values.arg(behind)
                found = self._overriding(base) if isinstance(base, ClassSymbol) else None
        if found is None:
            why = _why_foreign(made.site.unit) if given is None else "its MetaData was not understood"
            found = self.record(("made", made.key), "Base.metadata", why, local=made.site.function is not None)
        if made.kind == "automap_base":
            found.open = found.open or "automap reads tables from the database"
            found.classes_open = found.classes_open or found.open
        return found

    def _of_extension(self, db: Made) -> MetaData:
        if db.kind == "SQLA":
            return self._appbuilder()
        for name in ("metadata", "model_class"):
            given = db.arguments.keywords.get(name)
            if given is None:
                continue
            value = self.values.arg(given)
            if name == "metadata":
                return self.of(value) or self.record(("made", db.key), "db.metadata", "its MetaData was not understood")
            own = self._overriding(value) if isinstance(value, ClassSymbol) else None
            if own is not None:
                return own
        why = "" if db.arguments.whole else "arguments of `SQLAlchemy(…)` were not understood"
        return self.record(("made", db.key), "db.metadata", why, local=db.site.function is not None)

    def _bound_to(self, metadata: MetaData, bind: str) -> MetaData:
        """Flask-SQLAlchemy keeps a MetaData for each bind key."""
        key, label = (*metadata.key, bind), f"{metadata.label} of bind {bind}"
        found = self.record(key, label, metadata.open, metadata.schema)
        found.bind_of = metadata.key
        return found

    def _appbuilder(self) -> MetaData:
        return self.record(("appbuilder",), "Model.metadata", "Flask-AppBuilder has tables of its own")

    def record(
        self, key: tuple[object, ...], label: str, why: str = "", schema: str | None = None, local: bool = False
    ) -> MetaData:
        found = self.all.get(key)
        if found is None:
            found = self.all[key] = MetaData(key, label, schema, local)
        found.open = found.open or why
        found.classes_open = found.classes_open or why
        return found


def _why_foreign(unit: Unit) -> str:
    """A library's own MetaData holds tables of modules that nobody asked for."""
    return f"`{unit.name}` has tables of its own" if unit.is_library else ""


def _schema(value: Value | None) -> str | None:
    if value is None or value == NONE:
        return None
    return value.value if isinstance(value, Const) and isinstance(value.value, str) else SOME_SCHEMA
