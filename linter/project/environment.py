"""The environment a project runs in: where its installed packages lie, found as a type checker finds it, never run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path


class Environment:
    """The folders that hold installed packages, in the order in which Python would look."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self.folders = folders

    @cached_property
    def _entries(self) -> dict[str, Path]:
        """The top-level names that can be imported -> the folder that they lie in."""
        found: dict[str, Path] = {}
        for folder in self.folders:
            try:
                names = os.listdir(folder)
            except OSError:
                continue
            for name in names:
                found.setdefault(name.removesuffix(".py"), folder)
        return found

    def has(self, package: str) -> bool:
        return package in self._entries

    def find(self, module: str) -> Path | None:
        """The source of a module."""
        first, *rest = module.split(".")
        folder = self._entries.get(first)
        if folder is None:
            return None
        base = folder.joinpath(first, *rest)
        for candidate in (base / "__init__.py", base.with_name(base.name + ".py")):
            if candidate.is_file():
                return candidate
        return None

    def version(self, distribution: str) -> str | None:
        """The version of an installed distribution, from the name of its metadata folder."""
        wanted = distribution.lower().replace("-", "_")
        for name in self._entries:
            stem, _, kind = name.rpartition(".")
            title, _, version = stem.partition("-")
            if kind == "dist-info" and title.lower().replace("-", "_") == wanted:
                return version
        return None


def find_environment(root: Path, configured: str | None, variables: Mapping[str, str]) -> Environment | None:
    """The environment of the project at `root`: the configured interpreter or environment, `VIRTUAL_ENV`, `.venv`, `venv`."""
    if configured:
        return environment_at(root / Path(configured).expanduser())
    active = variables.get("VIRTUAL_ENV")
    # pre-commit activates an environment of its own for each hook: that is ours, not the project's.
    if active and "PRE_COMMIT" not in variables:
        found = environment_at(Path(active))
        if found is not None:
            return found
    for name in (".venv", "venv"):
        found = environment_at(root / name)
        if found is not None:
            return found
    return None


def environment_at(path: Path) -> Environment | None:
    """The environment of an interpreter (`…/bin/python`) or of an environment's folder."""
    prefix = path.parent.parent if path.is_file() else path
    patterns = (
        "lib/python3*/site-packages",
        "lib64/python3*/site-packages",
        "Lib/site-packages",
        "lib/python3*/dist-packages",
    )
    folders: list[Path] = []
    for pattern in patterns:
        for folder in sorted(prefix.glob(pattern)):
            if folder.resolve() not in [f.resolve() for f in folders]:
                folders.append(folder)
    for folder in tuple(folders):
        folders.extend(_linked(folder))
    return Environment(tuple(folders)) if folders else None


def _linked(folder: Path) -> list[Path]:
    """The folders that `.pth` files name (editable installs); their `import` lines are code and are not looked at."""
    found: list[Path] = []
    for file in sorted(folder.glob("*.pth")):
        try:
            lines = file.read_text("utf-8", "replace").splitlines()
        except OSError:
            continue
        for line in lines:
            target = folder / line.strip()
            if line.strip() and not line.startswith(("import ", "import\t", "#")) and target.is_dir():
                found.append(target)
    return found
