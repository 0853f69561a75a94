"""`relationship(…)`: what it says, and once every class is known, which class and which tables it joins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from linter.facts import syntax as s
from linter.project.sqlalchemy.annotations import Annotation
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.schema import Mapper, MetaData, Relationship, Table
from linter.project.sqlalchemy.values import (
    NONE,
    Arguments,
    Function,
    Items,
    Lambda,
    Made,
    Mapping,
    Member,
    Scope,
    Site,
    UnknownValue,
    Value,
    flag_of,
    text_of,
)
from linter.project.units import ClassSymbol

# Arguments that say how to join. `foreign_keys` and `remote_side` only choose among the foreign keys that there are.
_JOINING = ("primaryjoin", "secondaryjoin")


class Draft:
    """A relationship as it is declared, before other classes are known."""

    def __init__(self, relationship: Relationship, annotated: Annotation | None) -> None:
        self.relationship = relationship
        self.annotated = annotated
        self.target: Value | None = None
        self.secondary: Value | None = None
        self.chosen: Value | None = None  # `foreign_keys=`


class Reader:
    def __init__(self, values: Evaluator) -> None:
        self.values = values

    def read(self, key: str, owner: Mapper, made: Made, annotation: Annotation | None, site: Site) -> Draft:
        arguments = made.arguments
        if made.kind == "Relationship":
            arguments = self._of_sqlmodel(arguments)
        positional, given = arguments.positional, arguments.keywords
        target = self.values.arg(positional[0] if positional else given.get("argument"))
        secondary = self.values.arg(positional[1] if len(positional) > 1 else given.get("secondary"))
        found = Relationship(key, owner, site)
        found.joined = (
            not arguments.whole or len(positional) > 2 or any(self._says(arguments, name) for name in _JOINING)
        )
        found.has_remote_side = self._says(arguments, "remote_side")
        found.has_secondary = secondary is not None and secondary != NONE
        found.back_populates = self._text(arguments, "back_populates")
        found.backref, found.backref_uselist = self._backref(arguments)
        uselist = flag_of(self.values.arg(given.get("uselist")) or NONE)
        if uselist is None and made.kind == "dynamic_loader":
            uselist = True
        if uselist is None and annotation is not None and (annotation.wrapper or made.kind == "Relationship"):
            uselist = annotation.many
        found.uselist = uselist
        draft = Draft(found, annotation)
        draft.target = None if target == NONE else target
        draft.secondary = secondary
        draft.chosen = self.values.arg(given.get("foreign_keys"))
        return draft

    def _of_sqlmodel(self, arguments: Arguments) -> Arguments:
        """SQLModel's `Relationship(…)` as the `relationship(…)` it becomes."""
        given = dict(arguments.keywords)
        whole = arguments.whole
        own = self.values.arg(given.pop("sa_relationship", None))
        if own is not None:
            if isinstance(own, Made):
                return own.arguments
            whole = False
        link = given.pop("link_model", None)
        if link is not None and self.values.arg(link) != NONE:
            given["secondary"] = link
        extra = given.pop("sa_relationship_kwargs", None)
        if extra is not None:
            entries = self.values.arg(extra)
            if isinstance(entries, Mapping):
                given.update({k: extra._replace(given=v) for k, v in entries.entries.items()})
                whole = whole and entries.whole
            elif entries != NONE:
                whole = False
        if given.pop("sa_relationship_args", None) is not None:
            whole = False
        return Arguments((), given, True, whole)

    def _says(self, arguments: Arguments, name: str) -> bool:
        return name in arguments.keywords and self.values.arg(arguments.keywords[name]) != NONE

    def _text(self, arguments: Arguments, name: str) -> str | None:
        return text_of(self.values.arg(arguments.keywords.get(name)) or NONE)

    def _backref(self, arguments: Arguments) -> tuple[str | None, bool | None]:
        """`backref="name"` or `backref=backref("name", uselist=False)`."""
        value = self.values.arg(arguments.keywords.get("backref"))
        uselist: bool | None = None
        if isinstance(value, Made) and value.kind == "backref":
            inner = value.arguments
            uselist = flag_of(self.values.arg(inner.keywords.get("uselist")) or NONE)
            value = self.values.arg(inner.positional[0] if inner.positional else inner.keywords.get("name"))
        return text_of(value or NONE), uselist


class Resolver:
    """`mapper(class)` and `table(value)` look up; `mappers` are all of them."""

    def __init__(
        self,
        values: Evaluator,
        mapper: Callable[[ClassSymbol], Mapper | None],
        table: Callable[[Value, MetaData | None], Table | None],
        mappers: Iterable[Mapper],
    ) -> None:
        self.values = values
        self.mapper = mapper
        self.table = table
        self.by_name: dict[str, list[Mapper]] = {}
        for found in mappers:
            self.by_name.setdefault(found.name, []).append(found)

    def resolve(self, draft: Draft) -> None:
        relationship = draft.relationship
        owner = relationship.owner
        if draft.target is not None:
            self._aim(relationship, draft.target)
        elif draft.annotated is not None:
            annotated = draft.annotated
            relationship.target_name = annotated.target_name
            if isinstance(annotated.target, ClassSymbol):
                relationship.target = self.mapper(annotated.target)
            elif annotated.target_name:
                relationship.target = self.named(annotated.target_name, owner)
        if draft.chosen is not None:
            relationship.foreign_columns = frozenset(self._columns(draft.chosen, owner))
        if relationship.has_secondary and draft.secondary is not None:
            relationship.secondary = self._secondary(draft.secondary, owner)

    def _aim(self, relationship: Relationship, target: Value) -> None:
        text = text_of(target)
        if text is not None:
            relationship.target_name = text
            relationship.target = self.named(text, relationship.owner)
            return
        target = self._called(target)
        if isinstance(target, ClassSymbol):
            relationship.target_name = target.name
            relationship.target = self.mapper(target)
        elif (text := text_of(target)) is not None:
            relationship.target_name = text
            relationship.target = self.named(text, relationship.owner)

    def _columns(self, value: Value, owner: Mapper) -> Iterator[tuple[str, int, int]]:
        """The sites of the columns that `foreign_keys=` names: `[user_id]`, `"Post.user_id"`, `User.id`, `lambda: …`."""
        value = self._called(value)
        if isinstance(value, Items):
            for item in value.items:
                yield from self._columns(item, owner)
        elif isinstance(value, Made):
            yield value.site.key
        elif isinstance(value, Member):
            mapper = self.mapper(value.base) if isinstance(value.base, ClassSymbol) else None
            if mapper is not None and value.name in mapper.columns:
                yield mapper.columns[value.name].site.key
        elif (text := text_of(value)) is not None:
            for name in text.strip("[]() ").split(","):
                cls, _, attribute = name.strip().rpartition(".")
                mapper = self.named(cls, owner) if cls else None
                if mapper is not None and attribute in mapper.columns:
                    yield mapper.columns[attribute].site.key

    def _called(self, value: Value) -> Value:
        """`relationship(lambda: User)`."""
        if isinstance(value, (Lambda, Function)):
            unit = value.scope.unit if isinstance(value, Lambda) else value.symbol.unit
            return self.values.call(value, Arguments(), Scope(unit), s.Call(s.Unknown()))
        return value

    def named(self, text: str, owner: Mapper) -> Mapper | None:
        """The class of a name in the registry of another: its own name, or the end of its dotted name."""
        name = text.strip().rpartition(".")[2]
        found = [m for m in self.by_name.get(name, ()) if m.metadata is owner.metadata]
        if not found and owner.metadata.open:
            found = [
                m for m in self.by_name.get(name, ()) if m.metadata.open
            ]  # one MetaData perhaps, of which little is known
        if "." in text:
            found = [m for m in found if f".{m.symbol.dotted}".endswith(f".{text.strip()}")]
        if len(found) > 1:
            near = [m for m in found if m.symbol.unit is owner.symbol.unit]
            return near[0] if len(near) == 1 else None
        return found[0] if found else None

    def _secondary(self, value: Value, owner: Mapper) -> Table | None:
        text = text_of(value)
        if text is not None:
            schema, _, name = text.rpartition(".")
            return owner.metadata.find(schema or None, name)
        value = self._called(value)
        if (text := text_of(value)) is not None:
            return self._secondary(value, owner)
        return None if isinstance(value, UnknownValue) else self.table(value, owner.metadata)
