"""Work shared among processes: chunks of items handed out as workers get free.

Workers are forked where that is safe, so that they see what was read and linked so far without copying it; elsewhere they
are started afresh. A worker that dies takes its chunk with it, and nothing else.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")


def cores() -> int:
    """How many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_fork() -> bool:
    """macOS has fork, but its libraries do not survive it; nor does anything survive it among threads."""
    return sys.platform != "win32" and sys.platform != "darwin" and threading.active_count() == 1


def shared(work: Callable[[T], bytes], chunks: Sequence[T], jobs: int) -> Iterator[tuple[int, bytes | None]]:
    """(index of a chunk, what `work` makes of it) as they get ready; None where the worker died over it.

    Without fork `work` and the chunks must be things that can be sent to another process.
    """
    if jobs <= 1 or len(chunks) <= 1:
        for index, chunk in enumerate(chunks):
            yield index, work(chunk)
    else:
        yield from apart(work, chunks, jobs)


def apart(work: Callable[[T], bytes], chunks: Sequence[T], jobs: int) -> Iterator[tuple[int, bytes | None]]:
    """The same, with no chunk worked on in this process, however few there are."""
    return _Pool(work, chunks, min(jobs, len(chunks))).run()


class _Pool:
    def __init__(self, work: Callable[[Any], bytes], chunks: Sequence[Any], jobs: int) -> None:
        self.work = work
        self.chunks = chunks
        self.waiting = list(reversed(range(len(chunks))))
        self.busy: dict[Connection[Any, Any], tuple[BaseProcess, int]] = {}
        self.jobs = jobs

    def run(self) -> Iterator[tuple[int, bytes | None]]:
        from multiprocessing.connection import wait

        gc.freeze()  # else the collector would touch, and thereby copy, every page of each child
        try:
            for _ in range(self.jobs):
                self.start()
            while self.busy:
                for ready in wait(list(self.busy)):
                    yield self.collect(ready)  # type: ignore[arg-type]
        finally:
            gc.unfreeze()
            for process, _ in self.busy.values():
                process.kill()
                process.join()

    def start(self) -> None:
        """One more worker, with its first chunk."""
        from multiprocessing import get_context

        context: Any = get_context("fork" if can_fork() else "spawn")
        ours, theirs = context.Pipe()
        inherited = (self.chunks, [ours, *self.busy]) if can_fork() else None
        process = context.Process(target=_serve, args=(theirs, self.work, inherited), daemon=True)
        process.start()
        theirs.close()
        self.give(ours, process)

    def give(self, connection: Connection[Any, Any], process: BaseProcess) -> None:
        if not self.waiting:
            connection.close()
            process.join()
            return
        index = self.waiting.pop()
        self.busy[connection] = process, index
        with contextlib.suppress(OSError):  # it died: that shows when its answer is read
            connection.send(index if can_fork() else self.chunks[index])

    def collect(self, connection: Connection[Any, Any]) -> tuple[int, bytes | None]:
        process, index = self.busy.pop(connection)
        try:
            answer = connection.recv_bytes()
        except (EOFError, OSError):
            connection.close()
            process.join()
            if self.waiting:
                self.start()
            return index, None
        self.give(connection, process)
        return index, answer


def _serve(
    connection: Connection[Any, Any],
    work: Callable[[Any], bytes],
    inherited: tuple[Sequence[Any], list[Connection[Any, Any]]] | None,
) -> None:
    """A worker's life: chunks come in, answers go out, until the other end closes.

    A forked worker was given the chunks beforehand and gets their numbers. It must close what it inherited of the other
    end of every pipe, its own included, or nobody would notice that the run has died.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupted run says so once, not once for each worker
    chunks, others = inherited or (None, [])
    for other in others:
        other.close()
    try:
        while True:
            given = connection.recv()
            connection.send_bytes(work(given if chunks is None else chunks[given]))
    except (EOFError, OSError):
        return
