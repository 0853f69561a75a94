"""Fixtures of Django: https://docs.djangoproject.com/en/5.2/topics/db/fixtures/"""

from __future__ import annotations

import re

_MODEL = re.compile(
    rb"""(?m:"model"\s*:\s*"(\w+\.\w+)"|^[-\s]*model\s*:\s*["']?(\w+\.\w+)|<object\b[^>]*\bmodel=["'](\w+\.\w+))"""
)


def models_in(raw: bytes) -> tuple[str, ...]:
    """The labels, in small letters, of the models whose rows a fixture holds: JSON, YAML or XML."""
    found = {(match[1] or match[2] or match[3]).decode().lower() for match in _MODEL.finditer(raw)}
    return tuple(sorted(found))
