"""What came of one scenario, in a form that survives a process: the error, where it was raised, or the value."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any


def outcome_of(scenario: Callable[[], Any], project: Path) -> dict[str, Any]:
    try:
        return {"value": scenario(), "error": None, "at": None}
    except Exception as error:
        message = f"{type(error).__module__}.{type(error).__qualname__}: {error}"
        return {"value": None, "error": message, "at": innermost_line(error, project)}


def innermost_line(error: BaseException, project: Path) -> list[Any] | None:
    """The last line of the project's own in the traceback: the one that a report of the incident names."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename).resolve()
        if path.is_relative_to(project):
            return [path.relative_to(project).as_posix(), frame.lineno]
    return None
