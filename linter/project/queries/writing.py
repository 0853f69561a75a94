"""What may be written to a model: the keywords of its constructor, and the columns of an `UPDATE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.facts import syntax as s
from linter.project.flow.attributes import called_name
from linter.project.queries.members import field_of, has_setter, lacks
from linter.project.queries.verdicts import UNKNOWN, VALID, Fault, Status, Verdict
from linter.project.units import ClassSymbol

if TYPE_CHECKING:
    from linter.project.models.model import Field, Model


def keyword(model: Model, name: str) -> Verdict:
    """A keyword of `create()` or of the model's own call."""
    field = field_of(model, name)
    if field is not None:
        return _assigned(model, field)
    if name == "pk" or has_setter(model, name):
        return VALID
    if name in model.query_names:
        return _reverse(model, name)
    return _attribute(model, name) if lacks(model, name) else UNKNOWN


def _assigned(model: Model, field: Field) -> Verdict:
    if not field.is_relation or field.field_class.kind in ("foreign_key", "one_to_one", "generic_foreign_key"):
        return VALID
    if field.field_class.kind in ("many_to_many", "generic_relation") and is_plain(field):
        return _fault(Fault.MANY, model, field)
    return UNKNOWN


def _reverse(model: Model, name: str) -> Verdict:
    """The constructor takes query names for fields, and assigns to the attribute of that name, whatever it is."""
    reverse = model.accessors.get(name)
    if reverse is None or reverse.is_single or reverse.query_name != name or not is_plain(reverse.field):
        return UNKNOWN
    return UNKNOWN if model.open else _fault(Fault.MANY, model, reverse.field)


def _attribute(model: Model, name: str) -> Verdict:
    """Attributes of the class are no fields; only a property is asked whether it can be set."""
    if name in model.assembly.contributed or name in model.managers:
        return UNKNOWN
    for cls in model.index.names.mro(model.symbol)[0]:
        if isinstance(cls, ClassSymbol) and name in cls.names:
            return _bound(model, cls, name)
    return _fault(Fault.MISSING, model)


def _bound(model: Model, cls: ClassSymbol, name: str) -> Verdict:
    bound = cls.names[name]
    if len(bound) != 1 or bound[0].guard:
        return UNKNOWN
    node = bound[0].node
    if isinstance(node, s.FunctionDef):
        decorators = [called_name(decorator) for decorator in node.decorators]
        if decorators == ["property"]:
            return _fault(Fault.READ_ONLY, model)
        return _fault(Fault.NO_FIELD, model) if decorators in ([], ["cached_property"]) else UNKNOWN
    if isinstance(node, s.Assign) and isinstance(node.value, (s.Str, s.Lit, s.Seq, s.Dict)):
        return _fault(Fault.NO_FIELD, model)
    return UNKNOWN


def column(model: Model, name: str, takes_key: bool) -> Verdict:
    """A column to write. `takes_key`: `update()` can change a primary key, lists of columns cannot name one."""
    field = field_of(model, name)
    if field is not None:
        if field.primary_key and not takes_key:
            return UNKNOWN if model.open else _fault(Fault.KEY, model, field)
        if field.field_class.has_column and not field.many_to_many:
            return VALID
        known = field.field_class.kind in ("many_to_many", "generic_relation", "generic_foreign_key")
        return _fault(Fault.NO_COLUMN, model, field) if known and is_plain(field) else UNKNOWN
    if name == "pk":
        return UNKNOWN if takes_key or model.open or _is_composite(model) else _fault(Fault.KEY, model)
    if name in model.query_names or name in model.accessors:
        return UNKNOWN if model.open or model.abstract else _fault(Fault.REVERSE, model)
    if not lacks(model, name) or name in model.assembly.contributed:
        return UNKNOWN
    return _fault(Fault.NO_FIELD if model.has_attribute(name) else Fault.MISSING, model)


def _is_composite(model: Model) -> bool:
    return any(field.type == "CompositePrimaryKey" for field in model.fields.values())


def letters(model: Model) -> Verdict:
    """A string where a list of names is asked for is a list of its letters."""
    known = {name for field in model.fields.values() for name in (field.name, field.attname)}
    return UNKNOWN if model.open or any(len(name) == 1 for name in known) else _fault(Fault.LETTERS, model)


def is_plain(field: Field) -> bool:
    """Whether a relation is of Django's own class: others may let themselves be assigned to."""
    return field.type_symbol.dotted.startswith("django.")


def _fault(why: Fault, model: Model, field: Field | None = None) -> Verdict:
    return Verdict(Status.INVALID, 0, model, field, why=why)
