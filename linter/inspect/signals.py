"""`ormlint inspect signals`: every receiver connection."""

from __future__ import annotations

from typing import Any

from linter.project import Project
from linter.project.signals.receivers import Receiver


def records(project: Project) -> list[dict[str, Any]]:
    return sorted((_record(project, receiver) for receiver in project.receivers), key=lambda r: (r["path"], r["line"]))


def _record(project: Project, receiver: Receiver) -> dict[str, Any]:
    connection = project.receivers.connection_place(receiver)
    return {
        "signal": receiver.signal,
        "receiver": receiver.name,
        "sender": receiver.sender.key or None,
        "dispatch_uid": receiver.uid,
        "path": receiver.path,
        "line": _first_line(project, receiver),
        "open": receiver.sender.key is None or not receiver.uid_known,
        "connected_path": connection.path,
        "connected_line": connection.range.line,
    }


def _first_line(project: Project, receiver: Receiver) -> int:
    """The line that Python too gives as the function's first: its first decorator's, if it has one."""
    body = receiver.body
    if body is None or receiver.function is None or not receiver.function.node.decorators:
        return project.receivers.place(receiver).range.line
    outer = body.functions[-2] if len(body.functions) > 1 else None
    at = getattr(receiver.function.node.decorators[0], "at", receiver.function.node.at)
    return project.place(body.unit.path, body.unit.span(at, outer)).range.line
