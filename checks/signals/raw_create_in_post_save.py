from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from linter.check import Check
from linter.finding import Edit, Finding, Fix, Place, Related
from linter.project import Project
from linter.project.signals.creators import GATES, Creation
from linter.project.signals.post_save import Other, SignalCreation
from linter.span import Span

if TYPE_CHECKING:
    import libcst

MOST_RELATED = 3
LONGEST_HELP = 90


class RawCreateInPostSave(Check):
    """A `post_save` receiver makes a row of another model with `create()` or `save()` where that row can exist already.

    A receiver of `post_save` runs on every save of its sender, and it is seldom alone: an admin class, a form, a view or
    a second receiver makes the same row by hand. Where the relation to the sender is unique (a `OneToOneField`, a
    `ForeignKey(unique=True)`), whoever comes second fails:

    ```text
    django.db.utils.IntegrityError: UNIQUE constraint failed: app_profile.user_id
    ```

    (on PostgreSQL: `duplicate key value violates unique constraint "app_profile_user_id_key"`). The user sees a server
    error while the sender is being saved.

    Reported are creations in a receiver, or in a function that the receiver hands the instance to, that

    - nothing guards: the second save of the same row fails (error);
    - are guarded by `created`, while another path makes the row of a new sender too (error). That path is named. Where
      it is an inline of the sender's admin page, it fails only when somebody fills the inline in while adding (warning).

    ## Bad

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db import models
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    class Profile(models.Model):
        user = models.OneToOneField(User, on_delete=models.CASCADE)
        role = models.CharField(max_length=20)


    @receiver(post_save, sender=User)
    def create_profile(sender, instance, **kwargs):
        Profile.objects.create(user=instance, role="staff")
    ```

    ## Good

    ```python
    # file: app/models.py
    from django.contrib.auth.models import User
    from django.db import models
    from django.db.models.signals import post_save
    from django.dispatch import receiver


    class Profile(models.Model):
        user = models.OneToOneField(User, on_delete=models.CASCADE)
        role = models.CharField(max_length=20)


    @receiver(post_save, sender=User)
    def create_profile(sender, instance, **kwargs):
        Profile.objects.get_or_create(user=instance, defaults={"role": "staff"})
    ```

    ## Silent when

    - nothing makes the row unique, as with log entries;
    - the receiver uses `get_or_create` or `update_or_create`, catches `IntegrityError`, makes the row in an `except`, or
      asks anything else first (`exists()`, `hasattr(instance, "profile")`, a flag, a condition on the instance);
    - it is guarded by `created` and no other place makes the row;
    - the other place looks for the row first, deletes one first, or disconnects receivers;
    - the model's manager defines `create` itself, or its `save()` looks for an existing row;
    - the sender or the model is not known.

    ## Fix

    `create(user=instance, …)` becomes `get_or_create(user=instance, defaults={…})`: the unique fields stay the lookup, the
    others become defaults. Safe where the unique key is exactly the relation to the sender and the result is unused or
    only assigned; otherwise it needs `--unsafe-fixes`. A second creator that runs after the receiver still needs its own
    repair; against an inline `get_or_create` does not help, so nothing is offered there.
    """

    summary = "`create()` of a unique row in a post_save receiver where the row can exist already"
    severity = "error"
    fixable = True

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        unit = project.unit(path)
        if unit is None or GATES.isdisjoint(unit.module.uses):
            return
        for made in project.post_save.in_file(path):
            if made.guard == "none":
                yield self.unguarded(project, made)
            elif made.guard == "created":
                others = project.post_save.others(made)
                if others:
                    yield self.second(project, made, others)

    def unguarded(self, project: Project, made: SignalCreation) -> Finding:
        message = f"{self.call(made)} in a post_save receiver of `{made.sender.name}`, which runs on every save"
        return self.report(project, made, message, ())

    def second(self, project: Project, made: SignalCreation, others: tuple[Other, ...]) -> Finding:
        first = others[0]
        start = f"{self.call(made)} in a post_save receiver of `{made.sender.name}`, whose row"
        if first.creation is not None:
            message = f"{start} `{_name(first.creation)}` creates too"
        else:
            assert first.inline is not None
            message = f"{start} `{first.inline.symbol.name}` creates too when it is filled in on the admin's add page"
        return self.report(project, made, message, others)

    def report(self, project: Project, made: SignalCreation, message: str, others: tuple[Other, ...]) -> Finding:
        creation = made.creation
        related = [
            Related(_place(project, other), _label(other, number)) for number, other in enumerate(others[:MOST_RELATED])
        ]
        if made.receiver.body != creation.scope:
            related.append(Related(project.receivers.place(made.receiver), "called by this receiver"))
        inline = others[0].inline if others else None
        fix = _fix(project, made) if inline is None else None
        return self.finding(
            project.creators.place(creation),
            message,
            severity="warning" if inline is not None else "error",
            runtime="UNIQUE constraint failed: "
            + ", ".join(f"{creation.model.db_table}.{field.column}" for field in made.key),
            help=_inline_help(inline.symbol.name) if inline is not None else _help(made, fix),
            related=related,
            fix=fix,
        )

    def call(self, made: SignalCreation) -> str:
        creation = made.creation
        if creation.kind == "save":
            return f"`{creation.model.name}(…).save`"
        return f"`{creation.model.name}.objects.create`"


def _name(creation: Creation) -> str:
    scope = creation.scope
    name = ".".join(function.name for function in scope.functions)
    return f"{scope.owner.qualname}.{name}" if scope.owner is not None else name


def _place(project: Project, other: Other) -> Place:
    if other.creation is not None:
        return project.creators.place(other.creation)
    assert other.inline is not None
    return project.class_place(other.inline.symbol)


def _label(other: Other, number: int) -> str:
    if other.creation is not None:
        return "the second creator" if number == 0 else "another creator"
    assert other.inline is not None
    return f"an inline of `{other.inline.admin.name}`"


def _help(made: SignalCreation, fix: Fix | None) -> str:
    text = fix.edits[-1].text if fix is not None else ""
    start = text.find("get_or_create(")
    if start >= 0 and "\n" not in text and len(text) - start <= LONGEST_HELP:
        return f"use `{text[start:].removesuffix('[0]')}`"
    return f"use `get_or_create({', '.join(f'{field.name}=…' for field in made.key)}, defaults={{…}})`"


def _inline_help(name: str) -> str:
    return f"leave `{name}` out of the add page: `get_inlines` gets no `obj` there"


# --- the fix -----------------------------------------------------------------------------------------------------------


def _fix(project: Project, made: SignalCreation) -> Fix | None:
    creation = made.creation
    if creation.kind == "save" and (creation.constructor is None or "objects" not in creation.model.managers):
        return None
    if creation.kind == "save" and (creation.call.args or creation.call.keywords):
        return None
    unit, function = creation.scope.unit, creation.scope.function
    span = unit.span(creation.call.at, function)
    source = project.source(unit.path)
    lookup = frozenset(name for field in made.key for name in (field.name, field.attname))
    line = source.lines.text(source.lines.position(span.start)[0])
    indent = line[: len(line) - len(line.lstrip())]
    text = source.data[span.start : span.end].decode("utf-8")
    rewritten = _get_or_create(text.replace("\r\n", "\n"), lookup, indent)
    if rewritten is None:
        return None
    if "\r\n" in text:
        rewritten = rewritten.replace("\n", "\r\n")
    edits = []
    if creation.use == "assigned" and creation.target is not None:
        end = unit.span(creation.target.at, function).end
        taken = unit.names if function is None else {*unit.names, *unit.local_names(function)}
        spare = "_" if "_" not in taken else "_created"  # `_` may well be gettext here
        edits.append(Edit(project.place(unit.path, Span(end, end)), f", {spare}"))
    elif creation.use == "used":
        if text.startswith("await") or ".acreate(" in text:
            return None
        rewritten += "[0]"
    edits.append(Edit(project.place(unit.path, span), rewritten))
    safe = made.relation is not None and creation.use != "used"
    return Fix(safe, tuple(edits), "make the row only where it is missing")


def _get_or_create(text: str, lookup: frozenset[str], indent: str) -> str | None:
    """`X.objects.create(a=…, b=…)` or `X(a=…, b=…).save()` as `X.objects.get_or_create(a=…, defaults={"b": …})`."""
    import libcst as cst

    try:
        call = cst.parse_expression(text)
    except cst.ParserSyntaxError:
        return None
    if not isinstance(call, cst.Call) or not isinstance(call.func, cst.Attribute):
        return None
    if isinstance(call.func.value, cst.Call) and call.func.attr.value == "save":
        call = call.func.value
        name = f"{_code(call.func)}.objects.get_or_create"
    elif isinstance(call.func, cst.Attribute):
        method = "aget_or_create" if call.func.attr.value == "acreate" else "get_or_create"
        name = _code(call.func.with_changes(attr=cst.Name(method)))
    arguments = [_Argument(arg) for arg in call.args]
    before = _comments(call.whitespace_before_args)
    for argument, following in itertools.pairwise(arguments):
        following.above = argument.below
    if arguments:
        arguments[0].above = before
    kept = [a for a in arguments if a.keyword in lookup]
    rest = [a for a in arguments if a.keyword not in lookup]
    exploded = any(a.is_last_on_line for a in arguments) or _breaks(call.whitespace_before_args)
    quote = "'" if "'" in text and '"' not in text else '"'
    if not exploded:
        parts = [a.as_argument() for a in kept]
        if rest:
            parts.append(f"defaults={{{', '.join(a.as_item(quote) for a in rest)}}}")
        return f"{name}({', '.join(parts)})"
    step = "\t" if indent.startswith("\t") else "    "
    lines = [line for a in kept for line in a.lines(a.as_argument(), indent + step)]
    if rest:
        lines.append(f"{indent + step}defaults={{")
        for argument in rest:
            item = argument.as_item(quote)
            if '"""' not in item and "'''" not in item:
                item = item.replace("\n", "\n" + step)
            lines.extend(argument.lines(item, indent + 2 * step))
        lines.append(f"{indent + step}}},")
    lines.extend(f"{indent + step}{comment}" for comment in (arguments[-1].below if arguments else ()))
    return "\n".join([f"{name}(", *lines, f"{indent})"])


class _Argument:
    """One argument of a call, with the comments around it."""

    def __init__(self, arg: libcst.Arg) -> None:
        import libcst as cst

        self.keyword = arg.keyword.value if arg.keyword is not None else ""
        self.value = _code(arg.value)
        space = arg.comma.whitespace_after if isinstance(arg.comma, cst.Comma) else arg.whitespace_after_arg
        self.is_last_on_line = _breaks(space)
        comment = space.first_line.comment if isinstance(space, cst.ParenthesizedWhitespace) else None
        self.beside = f"  {comment.value}" if comment is not None else ""
        self.below = _comments(space, first=False)
        self.above: list[str] = []

    def as_argument(self) -> str:
        return f"{self.keyword}={self.value}"

    def as_item(self, quote: str) -> str:
        return f"{quote}{self.keyword}{quote}: {self.value}" if self.keyword else f"**{self.value}"

    def lines(self, text: str, indent: str) -> list[str]:
        return [*(f"{indent}{comment}" for comment in self.above), f"{indent}{text},{self.beside}"]


def _code(node: libcst.CSTNode) -> str:
    import libcst as cst

    return cst.Module([]).code_for_node(node)


def _breaks(space: libcst.BaseParenthesizableWhitespace) -> bool:
    import libcst as cst

    return isinstance(space, cst.ParenthesizedWhitespace)


def _comments(space: libcst.BaseParenthesizableWhitespace, first: bool = True) -> list[str]:
    """The comments in the space between two arguments; the one beside the first of them only if asked for."""
    import libcst as cst

    if not isinstance(space, cst.ParenthesizedWhitespace):
        return []
    lines = [space.first_line] if first else []
    found = [*(line.comment for line in lines), *(line.comment for line in space.empty_lines)]
    return [comment.value for comment in found if comment is not None]
