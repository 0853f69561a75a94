"""Putting a model together from its classes, in the order in which Django's own metaclass does it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from linter.catalogue import Injected
from linter.facts import syntax as s
from linter.project.models.arguments import Argument, Unsaid, is_none
from linter.project.models.class_body import Body, Declared
from linter.project.models.field_classes import ONE_TO_ONE, is_django, is_harmless
from linter.project.units import ClassSymbol, External

if TYPE_CHECKING:
    from linter.project.models.model import Field, Model

_ORDER = "django.db.models.fields.proxy.OrderWrt"
_PRIVATE = ("generic_foreign_key", "generic_relation", "foreign_object")


class Assembly(msgspec.Struct):
    """`local`: the fields of the model's own table, private ones too. `parents`: those of multi-table inheritance with
    the link to each (None for what a proxy stands for)."""

    concrete: Model
    local: dict[str, Field] = msgspec.field(default_factory=dict)
    parents: list[tuple[Model, Field | None]] = msgspec.field(default_factory=list)
    pk: str | None = None
    contributed: set[str] = msgspec.field(default_factory=set)
    unsure: dict[str, str] = msgspec.field(default_factory=dict)
    unread: set[str] = msgspec.field(default_factory=set)
    optional: dict[str, Declared] = msgspec.field(
        default_factory=dict
    )  # what stands in the branch of a condition not taken
    others: list[ClassSymbol] = msgspec.field(default_factory=list)  # what would stand among its bases then
    open_reason: str = ""
    open_attributes: bool = False  # of names that are no fields some were not seen

    def open(self, reason: str) -> None:
        self.open_reason = self.open_reason or reason


def assemble(model: Model) -> Assembly:
    return _Assembler(model).assembly()


class _Assembler:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.index = model.index
        self.names = model.index.names
        self.order, self.complete = self.names.mro(model.symbol)
        self.result = Assembly(model)
        self.bases = self._model_bases()

    def _model_bases(self) -> dict[ClassSymbol, Model]:
        found: dict[ClassSymbol, Model] = {}
        for cls in self.names.bases(self.model.symbol):
            base = self.index.of(cls) if isinstance(cls, ClassSymbol) else None
            if base is not None and self.index.is_base(base, self.model):
                found[base.symbol] = base
        return found

    def assembly(self) -> Assembly:
        result = self.result
        concrete = [base for base in self.bases.values() if not base.abstract]
        if self.model.proxy and concrete:
            result.concrete = concrete[0].concrete
        self.own()
        self.inherited()
        self.ordered()
        self.primary_key()
        self.doubts()
        return result

    # --- fields ---

    def own(self) -> None:
        body = self.index.body(self.model.symbol)
        for declared in body.fields.values():
            self.add(declared)
        self.take(body)

    def take(self, body: Body) -> None:
        for name, seen in body.injected:
            if name not in self.result.local and self.applies(seen):
                self.inject(name, seen)
        self.result.contributed |= body.contributed
        self.result.optional.update(body.optional)
        self.result.unsure.update(body.unsure)
        self.result.unread |= body.unread
        if body.open_reason:
            self.result.open(body.open_reason)
        self.result.open_attributes = self.result.open_attributes or body.open_attributes

    def applies(self, seen: Injected) -> bool:
        """Whether what a class injects is injected here: some of it only where a class attribute asks for it."""
        if not seen.needs:
            return True
        return any(
            seen.needs in cls.names for cls in self.order if isinstance(cls, ClassSymbol) and cls.dotted != seen.by
        )

    def inject(self, name: str, seen: Injected) -> None:
        if any(name.endswith("_attr") for name in self.options()):
            self.result.open(f"`{self.model.name}` names the fields of `{seen.by}` itself")
        made = self.implicit(name, seen.type)
        made.attname = seen.attname.replace(seen.name, name)
        made.column = made.attname if made.field_class.has_column else None
        made.null, made.unique = seen.null, seen.unique

    def options(self) -> Iterator[str]:
        """The names in `class MPTTMeta` and its like."""
        for cls in self.order:
            if isinstance(cls, ClassSymbol) and not cls.unit.is_library:
                for node in cls.node.body:
                    if isinstance(node, s.ClassDef) and node.name != "Meta" and node.name.endswith("Meta"):
                        options = self.names.class_symbol(cls.unit, node, f"{cls.qualname}.{node.name}").names
                        yield from (name for name in options if name != "parent_attr")

    def inherited(self) -> None:
        local, own = self.result.local, self.index.body(self.model.symbol).names
        blocked: set[str] = set()
        links = self.parent_links()
        for cls in self.order:
            if isinstance(cls, External):
                continue
            base = self.bases.get(cls)
            if base is None:
                blocked |= self.index.body(cls).names
                continue
            given = base.assembly
            if base.abstract:
                for name, known in given.local.items():
                    free = name not in own and name not in blocked
                    if (
                        name not in local
                        and (free or known.field_class.kind in _PRIVATE)
                        and known.declared is not None
                    ):
                        self.add(known.declared)
                for parent, _ in given.parents:
                    self.link(parent, links)
            else:
                blocked |= {n for n, f in given.local.items() if f.field_class.kind not in _PRIVATE}
                self.link(base.concrete, links)
                for name, known in given.local.items():
                    if known.field_class.kind in _PRIVATE and name not in local and known.declared is not None:
                        self.add(known.declared).inherits_relation = True
            if base.assembly.open_reason:
                self.result.open(base.assembly.open_reason)
            self.result.contributed |= given.contributed
            self.result.optional.update(given.optional)
            self.result.others += given.others
            self.result.open_attributes = self.result.open_attributes or given.open_attributes
            self.result.unread |= given.unread
            for name, why in given.unsure.items():
                if name not in own:
                    self.result.unsure[name] = why
        self.own_links()

    def own_links(self) -> None:
        """A link that an abstract base declares is a field of this model's own by now."""
        for index, (parent, link) in enumerate(self.result.parents):
            mine = self.result.local.get(link.name) if link is not None else None
            if mine is not None and mine is not link:
                mine.is_parent_link = True
                self.result.parents[index] = (parent, mine)

    def parent_links(self) -> dict[Model, Field]:
        """The links that the model or an abstract base declares itself."""
        found: dict[Model, Field] = {}
        local = [f for base in self.bases.values() if base.abstract for f in base.assembly.local.values()]
        for known in (*local, *self.result.local.values()):
            if known.one_to_one and known.related is not None and self.is_true(known.option("parent_link")):
                found[known.related] = self.result.local.get(known.name, known)
        return found

    def link(self, parent: Model, links: dict[Model, Field]) -> None:
        if any(known is parent for known, _ in self.result.parents):
            return
        link = links.get(parent)
        if link is not None:
            link.is_parent_link = True
        elif not self.model.proxy:
            link = self.implicit(f"{parent.model_name}_ptr", ONE_TO_ONE)
            link.related, link.related_label = parent, parent.label
            link.unique = link.is_parent_link = True
        self.result.parents.append((parent, link))

    def ordered(self) -> None:
        found = self.model.meta.option("order_with_respect_to")
        if found is not None and not is_none(found):
            if not self.model.abstract and not self.model.proxy:
                self.implicit("_order", _ORDER)

    def implicit(self, name: str, class_name: str) -> Field:
        from linter.project.models.model import Field

        field_class = self.index.field_class(class_name)
        attname = field_class.attname.replace("{}", name)
        made = Field(self.model, name, field_class, self.model.symbol, None, attname, attname)
        self.result.local[name] = made
        return made

    def primary_key(self) -> None:
        result = self.result
        result.pk = next((f.name for f in result.local.values() if f.primary_key), None)
        if result.concrete is not self.model:
            result.pk = result.concrete.pk
        if result.pk is not None or self.model.abstract:
            return
        if result.parents:
            parent, link = result.parents[0]
            if link is not None:
                link.primary_key = link.unique = True
            result.pk = link.name if link is not None else parent.pk
        else:
            key = self.implicit("id", self.index.apps.auto_field(self.model.app))
            key.primary_key = key.unique = True
            result.local = {"id": key, **{n: f for n, f in result.local.items() if n != "id"}}
            result.pk = "id"

    # --- one field ---

    def add(self, declared: Declared) -> Field:
        from linter.project.models.model import Field

        field_class = declared.field_class
        name = declared.name
        given_name = self.text(declared.options.get("name"))
        if isinstance(given_name, str) and given_name:
            name = given_name
        attname = field_class.attname.replace("{}", name)
        primary = self.is_true(declared.options.get("primary_key"))
        made = Field(
            self.model,
            name,
            field_class,
            declared.owner,
            declared,
            attname,
            self.column(declared, attname),
            self.flag(declared.options.get("null")),
            True if primary else self.flag(declared.options.get("unique")),
            primary,
        )
        if field_class.is_relation:
            made.related, made.related_label = self.index.target(self.model, declared)
        self.result.local[name] = made
        return made

    def column(self, declared: Declared, attname: str) -> str | None:
        if not declared.field_class.has_column:
            return None
        given = declared.options.get("db_column")
        if given is None or is_none(given):
            return attname
        text = self.text(given)
        return text if text != "" else attname

    def text(self, given: Argument | Unsaid | None) -> str | None:
        return self.index.text(given) if isinstance(given, Argument) else None

    def flag(self, given: Argument | Unsaid | None) -> bool | None:
        if given is None:
            return False
        return self.index.truth(given) if isinstance(given, Argument) else None

    def is_true(self, given: Argument | Unsaid | None) -> bool:
        return self.flag(given) is True

    # --- doubts ---

    def doubts(self) -> None:
        """What else may put names on the model: bases that were not found, metaclasses, decorators, other modules."""
        if not self.model.meta.is_whole:
            self.result.open(f"the Meta of `{self.model.name}` is not known")
        for cls in self.order:
            if isinstance(cls, External):
                if not is_harmless(cls):
                    self.result.open(f"the base `{cls.dotted}` was not found")
            elif not self.index.is_own_base(cls):
                for body in self.index.touched(cls):
                    self.take(body)
                    if cls is self.model.symbol:
                        for declared in body.fields.values():
                            self.add(declared)
        if not self.complete:
            for cls in self.order:
                if isinstance(cls, ClassSymbol) and None in self.names.bases(cls):
                    self.result.open(f"a base of `{cls.name}` was not found")
        self.conditions()

    def conditions(self) -> None:
        """Bases that are others under some condition: what these would bring is possible. What the model's bases inherit
        is their own doubt."""
        for cls in self.order:
            if cls is self.model.symbol or (
                isinstance(cls, ClassSymbol) and not is_django(cls) and self.index.of(cls) is None
            ):
                for other in self.names.other_bases(cls):
                    if isinstance(other, ClassSymbol) and self.names.mro(other)[1]:
                        self.result.others.append(other)
                    elif other is None or not (isinstance(other, External) and is_harmless(other)):
                        self.result.open(f"a base of `{cls.name}` depends on a condition")
