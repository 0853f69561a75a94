"""Lock files: `uv.lock`, `poetry.lock` and `pdm.lock` are alike in what matters here, `Pipfile.lock` is JSON."""

from __future__ import annotations

import re

import msgspec

_PACKAGE = re.compile(r'^name = "([^"]+)"\r?\nversion = "([^"]+)"', re.M)
_JSON = msgspec.json.Decoder(dict[str, dict[str, msgspec.Raw]])
_ENTRY = msgspec.json.Decoder(dict[str, msgspec.Raw])
_TEXT = msgspec.json.Decoder(str)


def normalised(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def locked(text: str) -> dict[str, str]:
    """The version of each distribution. Where a lock holds several of one (for platforms, for groups) none is certain."""
    found: dict[str, set[str]] = {}
    for name, version in _pipfile(text) if text.startswith("{") else _PACKAGE.findall(text):
        found.setdefault(normalised(name), set()).add(version)
    return {name: versions.pop() for name, versions in sorted(found.items()) if len(versions) == 1}


def _pipfile(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    try:
        groups = _JSON.decode(text)
        for group in ("default", "develop"):
            for name, raw in groups.get(group, {}).items():
                version = _ENTRY.decode(raw).get("version")
                if version is not None:
                    found.append((name, _TEXT.decode(version).lstrip("=")))
    except msgspec.DecodeError:
        return []
    return found
