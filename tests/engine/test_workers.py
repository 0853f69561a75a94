"""Work that is shared among processes."""

import os
import signal

import pytest

from linter.workers import apart, can_fork, shared

pytestmark = pytest.mark.skipif(not can_fork(), reason="there is no safe fork here")


def square(number: int) -> bytes:
    return str(number * number).encode()


def die_over_five(number: int) -> bytes:
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return square(number)


def who(_: int) -> bytes:
    return str(os.getpid()).encode()


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_chunk_is_answered_once(jobs: int) -> None:
    assert sorted(shared(square, range(20), jobs)) == [(n, square(n)) for n in range(20)]


def test_a_worker_that_dies_takes_only_its_chunk_with_it() -> None:
    answers = dict(shared(die_over_five, range(12), 3))
    assert answers == {n: None if n == 5 else square(n) for n in range(12)}


def test_little_work_stays_here_unless_it_must_not() -> None:
    here = str(os.getpid()).encode()
    assert [answer for _, answer in shared(who, [0], 4)] == [here]
    assert [answer for _, answer in apart(who, [0], 4)] != [here]


def test_a_failure_of_the_caller_leaves_no_process_behind() -> None:
    answers = shared(who, range(50), 2)
    pids = {int(next(answers)[1] or b"0") for _ in range(4)}
    answers.close()  # type: ignore[attr-defined]
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_large_answers_come_through() -> None:
    assert [len(answer or b"") for _, answer in shared(lambda n: bytes(n), [3_000_000] * 4, 2)] == [3_000_000] * 4
