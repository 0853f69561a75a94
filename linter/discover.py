"""Which files belong to a project, and of which kind each is. Nothing is opened but the ignore files."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from linter.facts.files import Kind

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# --- the root --------------------------------------------------------------------------------------------------------

VCS = (".git", ".hg", ".svn", ".jj")
MARKERS = ("manage.py", "pyproject.toml", "alembic.ini", "setup.py", "setup.cfg")


def find_root(paths: Sequence[Path]) -> Path:
    """The root of the project that the paths lie in.

    The nearest folder with a configuration of ours wins; then the root of the checkout, so that one repository is one
    index, however many Django projects it holds; then the outermost folder with a marker; then the paths' own folder.
    """
    absolute = [Path(os.path.abspath(p)) for p in paths] or [Path.cwd()]
    start = Path(os.path.commonpath([p if p.is_dir() else p.parent for p in absolute]))
    marked = start
    for folder in (start, *start.parents):
        if is_configured(folder):
            return folder
        if any((folder / name).exists() for name in VCS):
            return folder
        if folder == Path.home() or folder.parent == folder:
            break  # what lies about in the home folder is no project
        if any((folder / name).is_file() for name in MARKERS):
            marked = folder
    return marked


def is_configured(folder: Path) -> bool:
    """Whether a folder holds a configuration of ours."""
    if (folder / "ormlint.toml").is_file():
        return True
    try:
        text = (folder / "pyproject.toml").read_bytes()
    except OSError:
        return False
    return b"[tool.ormlint" in text


# --- kinds of file ---------------------------------------------------------------------------------------------------

SKIPPED_FOLDERS = frozenset({
    ".bzr", ".direnv", ".eggs", ".git", ".git-rewrite", ".hg", ".hypothesis", ".ipynb_checkpoints", ".jj", ".mypy_cache",
    ".nox", ".ormlint_cache", ".pants.d", ".pyenv", ".pytest_cache", ".pytype", ".ruff_cache", ".svn", ".tox", ".venv",
    ".vscode", "__pycache__", "__pypackages__", "_build", "bower_components", "buck-out", "dist", "node_modules",
    "site-packages", "venv",
})  # fmt: skip
TEMPLATE_FOLDERS = frozenset({"templates", "template", "jinja2", "jinja"})
TEMPLATE_SUFFIXES = (".html", ".htm", ".jinja", ".jinja2", ".j2", ".djhtml")
# In a templates folder these are templates too: mails, feeds, configuration that is rendered.
TEMPLATE_FOLDER_SUFFIXES = (
    ".txt", ".xml", ".md", ".mjml", ".js", ".css", ".svg", ".json", ".csv", ".tex", ".eml", ".yml", ".subject",
)  # fmt: skip
FIXTURE_SUFFIXES = (".json", ".yaml", ".yml", ".xml")
CONFIG_NAMES = frozenset({"pyproject.toml", "setup.cfg", "alembic.ini", "Pipfile"})
LOCK_NAMES = frozenset({"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"})
CONFIG_PATTERNS = ("docker-compose*.yml", "docker-compose*.yaml", "compose*.yml", "compose*.yaml", ".env*")
REQUIREMENTS_PATTERNS = ("*requirements*.txt", "*requirements*.in", "constraints*.txt")


def kind_of(path: str, template_folders: Sequence[str] = ()) -> Kind | None:
    """The kind of a project-relative path, None for a file that is not read. `template_folders` are configured ones."""
    folder, _, name = path.rpartition("/")
    if name.endswith(".py"):
        return "python"
    if name.endswith(".pyc"):
        return "bytecode"
    if name.endswith(TEMPLATE_SUFFIXES):
        return "template"
    if name.endswith(TEMPLATE_FOLDER_SUFFIXES):
        if not TEMPLATE_FOLDERS.isdisjoint(folder.split("/")):
            return "template"
    if any(path.startswith(configured + "/") for configured in template_folders):
        return "template"
    if name.endswith(FIXTURE_SUFFIXES) and "fixtures" in folder.split("/"):
        return "fixture"
    return _text_kind(folder.rpartition("/")[2], name)


@cache
def _text_kind(folder: str, name: str) -> Kind | None:
    if name in CONFIG_NAMES or any(fnmatchcase(name, p) for p in CONFIG_PATTERNS):
        return "config"
    if name in LOCK_NAMES:
        return "lock"
    if any(fnmatchcase(name, p) for p in REQUIREMENTS_PATTERNS):
        return "requirements"
    if folder == "requirements" and name.endswith((".txt", ".in")):
        return "requirements"
    return None


# --- the tree --------------------------------------------------------------------------------------------------------


class Stat(NamedTuple):
    """What tells that a file is still the same without reading it. A change of content cannot hide from `ctime`."""

    mtime: int
    ctime: int
    size: int
    inode: int


def stat_of(path: str | os.PathLike[str]) -> Stat | None:
    try:
        return _stat(os.stat(path))
    except (OSError, ValueError):
        return None


def _stat(found: os.stat_result) -> Stat:
    return Stat(found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)


class Tree(msgspec.Struct, array_like=True):
    """The files of a project with their kinds and stats, and what the list depends on: folders and ignore files."""

    files: dict[str, tuple[Kind, Stat]] = {}
    folders: dict[str, Stat] = {}
    ignores: dict[str, Stat] = {}
    problems: list[tuple[str, str]] = []

    def refreshed(self, root: Path, can_trust: Callable[[Stat], bool]) -> Tree | None:
        """The tree with the stats of today; None where files may have come or gone. Much faster than to look again."""
        base = str(root)
        if self.problems or not self.folders:
            return None
        for group in (self.folders, self.ignores):
            for path, before in group.items():
                if not can_trust(before) or stat_of(os.path.join(base, path)) != before:
                    return None
        files: dict[str, tuple[Kind, Stat]] = {}
        for path, (kind, _) in self.files.items():
            found = stat_of(os.path.join(base, path))
            if found is None:
                return None
            files[path] = kind, found
        return Tree(files, self.folders, self.ignores, [])


def discover(root: Path, exclude: Iterable[str] = (), template_folders: Iterable[str] = ()) -> Tree:
    """Every file of the project below `root`: gitignore respected, links to folders not followed (they can loop, and
    what they show is mostly seen already)."""
    return _Walk(str(root), tuple(exclude), tuple(f.strip("/") for f in template_folders)).run()


def is_kept_out(root: Path, tree: Tree, exclude: Iterable[str], path: str) -> bool:
    """Whether a file or (with a slash at its end) folder would not be read if it were there: version control ignores it."""
    walk = _Walk(str(root), tuple(exclude), ())
    ignores: list[_Ignore] = []
    for file in sorted(tree.ignores, key=len):
        base = "" if file.startswith(".git" + os.sep) else file.rpartition("/")[0]
        if base == "" or path.startswith(base + "/"):
            walk.ignore_file(file, base, ignores)
    return walk.is_ignored(path, ignores)


class _Ignore(NamedTuple):
    """One ignore file: its patterns hold below `base`."""

    base: str
    spec: GitIgnoreSpec


class _Walk:
    def __init__(self, root: str, exclude: tuple[str, ...], template_folders: tuple[str, ...]) -> None:
        self.root = root
        self.template_folders = template_folders
        self.tree = Tree({}, {}, {}, [])
        self.exclude = _spec(exclude) if exclude else None

    def run(self) -> Tree:
        ignores: list[_Ignore] = []
        above = os.path.join(".git", "info", "exclude")
        self.ignore_file(above, "", ignores)
        self.folder("", ignores)
        return self.tree

    def ignore_file(self, path: str, base: str, ignores: list[_Ignore]) -> None:
        full = os.path.join(self.root, path)
        found = stat_of(full)
        if found is None or not os.path.isfile(full):
            return
        self.tree.ignores[path] = found
        try:
            with open(full, encoding="utf-8", errors="replace") as file:
                lines = [line for line in file.read().splitlines() if line.strip() and not line.startswith("#")]
        except OSError as error:
            self.problem(path, error)
            return
        if lines:
            ignores.append(_Ignore(base, _spec(lines)))

    def problem(self, path: str, error: OSError) -> None:
        self.tree.problems.append((path or ".", f"cannot be read: {error.strerror or error}"))

    def folder(self, path: str, ignores: list[_Ignore]) -> None:
        """Read one folder and those below it, without recursion: a tree may be deeper than Python's stack."""
        waiting = [(path, ignores)]
        while waiting:
            path, ignores = waiting.pop()
            waiting.extend(reversed(self.entries(path, ignores)))

    def entries(self, path: str, ignores: list[_Ignore]) -> list[tuple[str, list[_Ignore]]]:
        full = os.path.join(self.root, path) if path else self.root
        try:
            before = stat_of(full)
            with os.scandir(full) as found:
                entries = sorted(found, key=lambda e: e.name)
        except OSError as error:
            self.problem(path, error)
            return []
        names = {e.name for e in entries}
        if path and not names.isdisjoint(("pyvenv.cfg", "CACHEDIR.TAG")):
            return []  # a virtual environment or a cache, whatever it is called
        if before is not None:
            self.tree.folders[path] = before
        if ".gitignore" in names:
            ignores = list(ignores)
            self.ignore_file(f"{path}/.gitignore" if path else ".gitignore", path, ignores)
        below: list[tuple[str, list[_Ignore]]] = []
        for entry in entries:
            relative = f"{path}/{entry.name}" if path else entry.name
            try:
                if entry.is_dir(follow_symlinks=False):
                    if _is_skipped(entry.name) or self.is_ignored(relative + "/", ignores):
                        continue
                    below.append((relative, ignores))
                else:
                    self.file(entry, relative, ignores)
            except OSError as error:
                self.problem(_printable(relative), error)
        return below

    def file(self, entry: os.DirEntry[str], path: str, ignores: list[_Ignore]) -> None:
        kind = kind_of(path, self.template_folders)
        # Python imports bytecode that is left behind whether or not version control knows of it.
        if kind is None or self.is_ignored(path, [] if kind == "bytecode" else ignores):
            return
        try:
            found = entry.stat()
        except OSError as error:
            if error.errno in (errno.ENOENT, errno.ELOOP, errno.ENOTDIR):
                return  # a link to nothing or to itself, or gone since
            raise
        if not stat.S_ISREG(found.st_mode):
            return
        if _printable(path) != path:
            self.tree.problems.append((_printable(path), "the name of the file is not UTF-8"))
            return
        self.tree.files[path] = (kind, _stat(found))

    def is_ignored(self, path: str, ignores: list[_Ignore]) -> bool:
        """The deepest ignore file that has an opinion decides; `exclude` of the configuration is above them all."""
        if self.exclude is not None and self.exclude.match_file(path):
            return True
        for base, spec in reversed(ignores):
            verdict = spec.check_file(path[len(base) + 1 :] if base else path).include
            if verdict is not None:
                return verdict
        return False


def _is_skipped(folder: str) -> bool:
    """Folders of tools, and those whose name is still to be made (`{{ cookiecutter.slug }}`): what they hold are templates
    for code."""
    return folder in SKIPPED_FOLDERS or "{{" in folder or "{%" in folder


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(lines)


def _printable(path: str) -> str:
    """A path as text that can be encoded: names that are not UTF-8 carry surrogates."""
    return path.encode("utf-8", "replace").decode("utf-8")
