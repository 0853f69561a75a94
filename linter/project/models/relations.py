"""The other ends of relations: who points at a model, under which accessor and query name."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.models.arguments import Argument, Unsaid, is_none
from linter.project.models.class_body import Declared
from linter.project.models.model import Field, Model, Reverse
from linter.project.models.possible import Possible
from linter.project.trace import cached_property
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.models.index import Models


class Incoming(msgspec.Struct):
    """What is known of the relations to one concrete model. `possible`: names of relations that may exist."""

    reverse: list[Reverse] = msgspec.field(default_factory=list)
    possible: set[str] = msgspec.field(default_factory=set)
    open_reason: str = ""


class Relations:
    def __init__(self, index: Models) -> None:
        self.index = index
        self._anywhere: set[str] = set()  # the names of relations whose target cannot be said

    # --- questions ---

    def of(self, model: Model) -> list[Reverse]:
        """The relations to a model, its multi-table parents' included."""
        found: dict[str, Reverse] = {}
        for parent, _ in model.assembly.parents:
            for reverse in parent.reverse:
                link = reverse.field
                if not link.is_parent_link or (link.related is not None and link.related.concrete is model.concrete):
                    found.setdefault(f"{reverse.accessor} {reverse.query_name}", reverse)
        if not model.proxy:
            for reverse in self.own(model):
                found.setdefault(f"{reverse.accessor} {reverse.query_name}", reverse)
        return list(found.values())

    def own(self, model: Model) -> list[Reverse]:
        """The relations that point at this very model."""
        return self._incoming[model].reverse if model in self._incoming else []

    def possible(self, model: Model) -> frozenset[str]:
        """Names that a model may have all the same: of relations that may exist, of fields and bases under a condition."""
        found: set[str] = set()
        for each in self._line(model):
            if each in self._incoming:
                found |= self._incoming[each].possible
        found |= self._anywhere
        for declared in model.assembly.optional.values():
            found |= {declared.name, declared.field_class.attname.replace("{}", declared.name)}
        for cls in model.assembly.others:
            found |= self._of_other(cls)
        return Possible(found, self._unread(model))

    def _unread(self, model: Model) -> set[str]:
        """The fields of its own and of its multi-table parents whose classes were not read."""
        return model.assembly.unread.union(*(self._unread(parent) for parent, _ in model.assembly.parents))

    def _of_other(self, cls: ClassSymbol) -> set[str]:
        """What a class would bring, were it a base."""
        other = self.index.of(cls)
        if other is None:
            return {
                name for base in self.index.names.mro(cls)[0] if isinstance(base, ClassSymbol) for name in base.names
            }
        found = {*other.lookup_names(), *other.attributes(), *other.accessors, *other.fields}
        found.update(field.attname for field in other.fields.values())
        if not other.abstract:
            found.update((f"{other.model_name}_ptr", f"{other.model_name}_ptr_id"))
        return found

    def open_reason(self, model: Model) -> str:
        if model.abstract:
            return ""
        for each in self._line(model):
            if each in self._incoming and self._incoming[each].open_reason:
                return self._incoming[each].open_reason
            unread = self.index.unread_relations(each)
            if unread:
                return unread
        for other in filter(None, map(self.index.of, model.assembly.others)):
            if other.assembly.open_reason:
                return other.assembly.open_reason
        return ""

    def _line(self, model: Model) -> list[Model]:
        found = [model.concrete]
        for parent, _ in model.assembly.parents:
            found.extend(each for each in self._line(parent) if each not in found)
        return found

    # --- the graph ---

    @cached_property
    def _incoming(self) -> dict[Model, Incoming]:
        graph: dict[Model, Incoming] = defaultdict(Incoming)
        seen: set[tuple[str | None, str, Model]] = set()
        for model in self.index.everything:
            if model.abstract or model.swapped:
                continue
            if model.assembly.open_reason:  # a base that was not read may hold relations, to any model
                self._anywhere.update((model.model_name, f"{model.model_name}_set"))
            for known in model.assembly.local.values():
                if known.is_relation and known.related is not None:
                    for target in self.index.variants(known):
                        key = (model.label, known.name, target)
                        if key not in seen or model.registered:
                            self._connect(graph[target.concrete], model, known, key in seen)
                        seen.add(key)
                elif known.is_relation and known.related_label is None and isinstance(known.option("to"), Argument):
                    self._anywhere.update(filter(None, self.names(model, known) or ()))
            for declared in model.assembly.optional.values():
                self._optional(graph, model, declared)
            for name in model.assembly.unsure:
                self._unsure(graph, model, name)
        for model in self.index.unsaid:
            for known in model.assembly.local.values():
                if known.related is not None:
                    graph[known.related.concrete].possible.update(self.names(model, known) or ())
        return dict(graph)

    def _connect(self, incoming: Incoming, model: Model, known: Field, again: bool) -> None:
        names = self.names(model, known)
        if names is None:
            incoming.open_reason = incoming.open_reason or f"the name of the relation from `{model.name}.{known.name}`"
            return
        accessor, query_name = names
        if not accessor and query_name != "+":
            return
        if not model.registered:
            incoming.possible |= {accessor, query_name}
        elif not again or all(r.query_name != query_name for r in incoming.reverse):
            incoming.reverse.append(Reverse(accessor, query_name, model, known, known.one_to_one))

    def _unsure(self, graph: dict[Model, Incoming], model: Model, name: str) -> None:
        """Something that may be a relation, of a class that was not found: its names may exist."""
        binding = model.member(name)
        call = getattr(binding, "value", None)
        if not isinstance(call, s.Call):
            return
        unit = getattr(binding, "unit", model.symbol.unit)
        for expr in (*call.args[:1], call.keyword("to")):
            target = self.index.reference_in(unit, model, expr) if expr is not None else None
            if target is not None:
                given = {
                    self.index.text(Argument(unit, k.value)) for k in call.keywords if k.name.startswith("related_")
                }
                names = {text for text in given if text} or {model.model_name, f"{model.model_name}_set"}
                incoming = graph[target.concrete]
                incoming.possible |= names
                are_plain = None not in given and not any("%" in text for text in names)
                if model.registered and not (are_plain and name in model.assembly.unread):
                    reason = f"`{model.name}.{name}` may point at it: {model.assembly.unsure[name]}"
                    incoming.open_reason = incoming.open_reason or reason

    def _optional(self, graph: dict[Model, Incoming], model: Model, declared: Declared) -> None:
        """A relation that exists under a condition."""
        target = self.index.target(model, declared)[0] if declared.field_class.is_relation else None
        if target is not None:
            known = Field(model, declared.name, declared.field_class, declared.owner, declared, declared.name, None)
            incoming = graph[target.concrete]
            names = self.names(model, known)
            if names is None:
                incoming.open_reason = (
                    incoming.open_reason or f"the name of the relation from `{model.name}.{known.name}`"
                )
            else:
                incoming.possible |= {name for name in names if name}

    # --- names ---

    def names(self, model: Model, known: Field) -> tuple[str, str] | None:
        """The accessor ("" where hidden) and the query name of a field's other end; None where they cannot be said."""
        if known.field_class.kind == "generic_relation":
            return self._generic_names(model, known)
        if known.field_class.names_other_end:
            return None
        related_name = self._expanded(model, known, "related_name")
        query_name = self._expanded(model, known, "related_query_name")
        if related_name is None or query_name is None:
            return None
        if not related_name:
            related_name = self._default(model)
        if known.many_to_many and self._is_symmetrical(model, known):
            return "", f"{known.name}_rel_+"
        if related_name.endswith("+"):
            return "", f"{known.name}+"
        accessor = related_name or (model.model_name if known.one_to_one else f"{model.model_name}_set")
        return accessor, query_name or related_name or model.model_name

    def _generic_names(self, model: Model, known: Field) -> tuple[str, str] | None:
        query_name = self._expanded(model, known, "related_query_name")
        if query_name is None:
            return None
        if query_name == "" or query_name.endswith("+"):
            return "", f"{known.name}+"
        # Of a multi-table child's copy nothing remains but a "+" that Django lists all the same.
        return ("", "+") if known.inherits_relation else (query_name, query_name)

    def _default(self, model: Model) -> str:
        """`Meta.default_related_name`."""
        text = model.meta_text("default_related_name") or ""
        return text.replace("%(app_label)s", model.app_label.lower()).replace("%(model_name)s", model.model_name)

    def _expanded(self, model: Model, known: Field, option: str) -> str | None:
        """A related name with its placeholders filled in; "" where none is given, None where it cannot be read."""
        given = known.option(option)
        if given is None:
            return ""
        if isinstance(given, Unsaid):
            return None
        if is_none(given):
            return ""
        text = self.index.text(given)
        if text is None:
            return None
        for placeholder, value in (
            ("%(class)s", model.model_name),
            ("%(model_name)s", model.model_name),
            ("%(app_label)s", model.app_label.lower()),
        ):
            text = text.replace(placeholder, value)
        return text

    def _is_symmetrical(self, model: Model, known: Field) -> bool:
        """A many-to-many relation of a model to itself has one end, unless it says otherwise."""
        to = known.option("to")
        if not isinstance(to, Argument):
            return False
        written = to.expr.value if isinstance(to.expr, s.Str) else ""
        if written not in ("self", model.name):
            return False
        given = known.option("symmetrical")
        if isinstance(given, Argument):
            truth = self.index.truth(given)
            if not is_none(given):
                return truth is not False
        return written == "self"
