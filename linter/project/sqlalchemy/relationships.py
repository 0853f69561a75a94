"""`relationship(…)`: what it says, before other classes are known."""

from __future__ import annotations

from msgspec.structs import replace

from linter.project.sqlalchemy.annotations import Annotation
from linter.project.sqlalchemy.evaluate import Evaluator
from linter.project.sqlalchemy.mapping import Declared, Mapper, Relationship
from linter.project.sqlalchemy.values import NONE, Arg, Arguments, Given, Made, Mapping, flag_of, text_of

# Arguments that say how to join. `foreign_keys` and `remote_side` only choose among the foreign keys that there are.
_JOINING = ("primaryjoin", "secondaryjoin")
# What may be given without its name. Since 2.0 it is only the first two.
_POSITIONAL = (
    "argument",
    "secondary",
    "primaryjoin",
    "secondaryjoin",
    "foreign_keys",
    "uselist",
    "order_by",
    "backref",
)


class Reader:
    def __init__(self, values: Evaluator) -> None:
        self.values = values

    def read(
        self, key: str, owner: Mapper, made: Made, annotation: Annotation | None, declared: Declared | None = None
    ) -> Relationship:
        arguments = made.arguments
        if made.kind == "Relationship":
            arguments = self._of_sqlmodel(arguments)
        found = Relationship(key, owner, made.site, annotation=annotation, declared=declared)
        found.whole = arguments.whole and len(arguments.positional) <= len(_POSITIONAL)
        named = {**dict(zip(_POSITIONAL, arguments.positional, strict=False)), **arguments.keywords}
        given = {name: self.values.looked_at(arg, made) for name, arg in named.items()}
        found.given = given
        self._backref(found)
        self._settle(found)
        uselist = flag_of(given["uselist"].value) if "uselist" in given else None
        if uselist is None and made.kind == "dynamic_loader":
            uselist = True
        if uselist is None and annotation is not None and (annotation.wrapper or made.kind == "Relationship"):
            uselist = annotation.many
        found.uselist = uselist
        return found

    def reverse(self, origin: Relationship, target: Mapper) -> Relationship:
        """What a backref makes of the class at the other side."""
        assert origin.backref is not None
        found = Relationship(origin.backref, target, origin.site, origin.owner, origin.owner.name, origin=origin)
        found.secondary, found.has_secondary = origin.secondary, origin.has_secondary
        found.given, found.whole = self._of_backref(origin)
        self._settle(found)
        found.joined = found.joined or origin.joined
        found.back_populates, found.verdict = origin.key, "found"
        found.uselist = origin.backref_uselist
        return found

    def _settle(self, found: Relationship) -> None:
        """What the arguments say that need no other class to be known."""
        found.joined = not found.whole or any(found.says(name) for name in _JOINING)
        found.has_remote_side = found.says("remote_side")
        found.has_secondary = found.has_secondary or found.says("secondary")
        found.back_populates = found.text("back_populates") or None  # "" is as good as none

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
        deleting = self.values.arg(given.pop("cascade_delete", None))
        extra = given.pop("sa_relationship_kwargs", None)
        if extra is not None:
            entries = self.values.arg(extra)
            if isinstance(entries, Mapping):
                given.update({k: replace(extra, given=v) for k, v in entries.entries.items()})
                whole = whole and entries.whole
            elif entries != NONE:
                whole = False
        if deleting is not None and "cascade" not in given:
            given["cascade"] = self._cascade_of_sqlmodel(deleting, next(iter(arguments.keywords.values())))
        if given.pop("sa_relationship_args", None) is not None:
            whole = False
        return Arguments((), given, True, whole)

    @staticmethod
    def _cascade_of_sqlmodel(deleting: object, arg: Arg) -> Arg:
        """`cascade_delete=True` is SQLAlchemy's "all, delete-orphan"."""
        from linter.project.sqlalchemy.values import UNKNOWN, Const

        known = {Const(True): Const("all, delete-orphan"), Const(False): Const("save-update, merge")}
        return replace(arg, given=known.get(deleting, UNKNOWN) if isinstance(deleting, Const) else UNKNOWN)

    def _backref(self, found: Relationship) -> None:
        """`backref="name"` or `backref=backref("name", uselist=False)`."""
        value = found.given["backref"].value if "backref" in found.given else NONE
        if isinstance(value, Made) and value.kind == "backref":
            inner = value.arguments
            found.backref_uselist = flag_of(self.values.arg(inner.keywords.get("uselist")) or NONE)
            value = self.values.arg(inner.positional[0] if inner.positional else inner.keywords.get("name")) or NONE
        found.backref = text_of(value)
        found.has_unknown_backref = (value != NONE and found.backref is None) or not found.whole

    def _of_backref(self, origin: Relationship) -> tuple[dict[str, Given], bool]:
        """The arguments of a reverse relationship: those of `backref(…)`, and those that it takes over."""
        taken = ("foreign_keys", "viewonly", "post_update", "passive_updates", "sync_backref")
        given = {name: origin.given[name] for name in taken if name in origin.given}
        value = origin.given["backref"].value
        if not isinstance(value, Made):
            return given, True
        given.update({name: self.values.looked_at(arg, value) for name, arg in value.arguments.keywords.items()})
        given.pop("name", None)
        return given, value.arguments.whole
