"""The graph of a project's migrations: which of them have run before another one.

Sets of migrations are bits of one number, in an order in which all of them could run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from posixpath import basename, dirname
from typing import TYPE_CHECKING

import msgspec

from linter.facts import syntax as s
from linter.project.constants import DictValue, Text
from linter.project.history.operations import Operation, Operations
from linter.project.migrations.django import migration_class
from linter.project.trace import cached_property, memo
from linter.project.units import ClassSymbol, Unit

if TYPE_CHECKING:
    from linter.project import Project

Key = tuple[str, str]  # the label of an app, the name of a migration

FIRST, LATEST = "__first__", "__latest__"
MOST_STEPS = 20  # of squashed migrations that replace squashed ones


class Migration(msgspec.Struct, eq=False):
    """`needs`: what its dependencies name; `wants_it`: what `run_before` names. `is_clear`: all of these could be read."""

    label: str
    name: str
    cls: ClassSymbol
    needs: tuple[Key, ...] = ()
    wants_it: tuple[Key, ...] = ()
    replaces: tuple[Key, ...] = ()
    is_clear: bool = True

    @property
    def key(self) -> Key:
        return self.label, self.name

    @property
    def unit(self) -> Unit:
        return self.cls.unit

    @property
    def path(self) -> str:
        return self.cls.unit.path


class Graph:
    """`expanded`: squashed migrations that count as those which they replace; all others stand for those."""

    def __init__(self, migrations: dict[Key, Migration], expanded: frozenset[Key]) -> None:
        replaced = {
            key: squash.key
            for squash in migrations.values()
            if squash.replaces and squash.key not in expanded
            for key in squash.replaces
        }
        self.migrations = {k: m for k, m in migrations.items() if k not in replaced and k not in expanded}
        self._stands_for: dict[Key, tuple[Key, ...]] = {key: (squash,) for key, squash in replaced.items()}
        self._stands_for.update((key, migrations[key].replaces) for key in expanded)
        self._by_label: dict[str, list[Migration]] = defaultdict(list)
        for migration in self.migrations.values():
            self._by_label[migration.label].append(migration)
        self._before: dict[Key, set[Key]] = {key: set() for key in self.migrations}
        for migration in self.migrations.values():
            for need in migration.needs:
                self._before[migration.key].update(self._resolved(need, migration))
            for later in migration.wants_it:
                for key in self._resolved(later, migration):
                    self._before[key].add(migration.key)
        for migration in self.migrations.values():
            for key in migration.replaces:  # a squash does what the others needed, too
                old = migrations.get(key)
                for need in old.needs if old is not None else ():
                    self._before[migration.key].update(self._resolved(need, migration))
            self._before[migration.key].discard(migration.key)
        self.order = self._ordered()
        self.bits = {migration.key: 1 << position for position, migration in enumerate(self.order)}

    def _resolved(self, key: Key, owner: Migration, steps: int = 0) -> Iterator[Key]:
        """The migrations that a dependency means."""
        label, name = key
        if steps > MOST_STEPS:
            return
        if name == FIRST:
            own = [m for m in self._by_label.get(label, ()) if all(n[0] != label for n in m.needs)]
            yield from (m.key for m in own)
        elif name == LATEST:
            yield from (m.key for m in self._by_label.get(label, ()))
        elif key in self.migrations:
            yield key
        else:
            for other in self._stands_for.get(key, ()):
                if other != owner.key and other != key:
                    yield from self._resolved(other, owner, steps + 1)

    def _ordered(self) -> list[Migration]:
        found: dict[Key, Migration] = {}
        visiting: set[Key] = set()
        for start in sorted(self.migrations):
            stack = [(start, False)]
            while stack:
                key, is_done = stack.pop()
                if is_done:
                    found[key] = self.migrations[key]
                elif key not in found and key not in visiting:
                    visiting.add(key)
                    stack.append((key, True))
                    stack.extend((other, False) for other in sorted(self._before[key], reverse=True))
        return list(found.values())

    # --- questions ---

    @cached_property
    def _ancestors(self) -> dict[Key, int]:
        found: dict[Key, int] = {}
        for migration in self.order:
            mask = 0
            for other in self._before[migration.key]:
                mask |= found.get(other, 0) | self.bits[other]
            found[migration.key] = mask
        return found

    def before(self, key: Key) -> int:
        """The migrations that have surely run before one."""
        return self._ancestors[key]

    @memo
    def beside(self, key: Key) -> tuple[Migration, ...]:
        """The migrations that may run before one or after it."""
        before, own = self._ancestors[key], self.bits[key]
        return tuple(
            m for m in self.order if m.key != key and not before & self.bits[m.key] and not self._ancestors[m.key] & own
        )

    @memo
    def of_label(self, label: str) -> int:
        mask = 0
        for migration in self._by_label.get(label, ()):
            mask |= self.bits[migration.key]
        return mask

    def last(self, mask: int) -> Migration:
        return self.order[mask.bit_length() - 1]


class Migrations:
    """Every migration of the project's apps, and the graphs that they make."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def _moved(self) -> dict[str, str]:
        """The folders in which MIGRATION_MODULES puts the migrations of apps, with the labels of these."""
        found: dict[str, str] = {}
        for value in self.project.settings.get("MIGRATION_MODULES"):
            for label, places in value.items if isinstance(value, DictValue) else ():
                for place in places:
                    unit = self.project.names.module(place.value) if isinstance(place, Text) else None
                    if unit is not None and not unit.is_library:
                        found[dirname(unit.path)] = label
        return found

    @memo
    def label_of(self, folder: str) -> str | None:
        """The label of the app whose migrations lie in a folder."""
        if folder in self._moved:
            return self._moved[folder]
        if basename(folder) != "migrations":
            return None
        app = self.project.models.apps.of_folder(dirname(folder))
        is_used = (app.folder or app.name.replace(".", "/")) == dirname(
            folder
        ) and app.label not in self._moved.values()
        return app.label if is_used else None

    @cached_property
    def all(self) -> dict[Key, Migration]:
        found: dict[Key, Migration] = {}
        doubled: set[str] = set()
        for path in self.project.python_paths:
            name = basename(path).removesuffix(".py")
            if name[0] in "_~" or "/" not in path:
                continue
            label = self.label_of(dirname(path))
            unit = self.project.unit(path) if label is not None else None
            cls = migration_class(self.project, unit) if unit is not None else None
            if label is None or cls is None:
                continue
            known = found.get((label, name))
            if known is not None and known.path != path:
                doubled.add(label)
            found[label, name] = self._read(label, name, cls)
        return {key: migration for key, migration in found.items() if key[0] not in doubled}

    @cached_property
    def by_path(self) -> dict[str, Migration]:
        return {migration.path: migration for migration in self.all.values()}

    def _read(self, label: str, name: str, cls: ClassSymbol) -> Migration:
        made = Migration(label, name, cls)
        made.needs = tuple(self._keys(made, "dependencies"))
        made.wants_it = tuple(self._keys(made, "run_before"))
        made.replaces = tuple(self._keys(made, "replaces"))
        return made

    def _keys(self, migration: Migration, name: str) -> Iterator[Key]:
        found = migration.cls.names.get(name, ())
        node = found[-1].node if found else None
        value = node.value if isinstance(node, s.Assign) else None
        if node is None:
            return
        if len(found) > 1 or not isinstance(value, s.Seq):
            migration.is_clear = False
        for item in value.items if isinstance(value, s.Seq) else ():
            key = self._key(migration.unit, item)
            if key is not None:
                yield key
            else:
                migration.is_clear = False

    def _key(self, unit: Unit, item: s.Expr) -> Key | None:
        if isinstance(item, s.Seq) and len(item.items) == 2:
            label, name = (self.project.models.apps.text(unit, part) for part in item.items)
            return (label, name) if label is not None and name is not None else None
        if isinstance(item, s.Call) and item.args and isinstance(item.func, (s.Name, s.Attr)):
            last = item.func.id if isinstance(item.func, s.Name) else item.func.name
            label = self.project.models.apps.text(unit, item.args[0])
            if last == "swappable_dependency" and label is not None:
                return label.partition(".")[0], FIRST
        return None

    @memo
    def operations(self, migration: Migration) -> tuple[Operation, ...]:
        return Operations(self.project, migration.cls).read()

    @cached_property
    def _replaced(self) -> frozenset[Key]:
        return frozenset(key for m in self.all.values() for key in m.replaces)

    @memo
    def _graph(self, expanded: frozenset[Key]) -> Graph:
        return Graph(self.all, expanded)

    @property
    def whole(self) -> Graph:
        """The graph of a new database."""
        return self._graph(frozenset())

    def graph(self, migration: Migration) -> Graph:
        """The graph in which a migration runs: a squashed one stands for those that it replaces, unless it is one of those
        that is asked about. Where they are not there any more, nothing else can stand for them."""
        if migration.key not in self._replaced:
            return self.whole
        squashes = (m for m in self.all.values() if m.replaces and m.key != migration.key)
        return self._graph(frozenset(m.key for m in squashes if all(key in self.all for key in m.replaces)))
