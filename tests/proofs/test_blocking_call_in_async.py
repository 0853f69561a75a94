"""What blocking-call-in-async says is what event loops do."""

import asyncio
import time

import pytest


async def waits():
    time.sleep(0.2)


async def lets_others_run():
    await asyncio.to_thread(time.sleep, 0.2)


async def turns(work):
    """How often another task gets its turn while some work is done."""
    done = asyncio.create_task(work())
    turn = 0
    while not done.done():
        await asyncio.sleep(0.01)
        turn += 1
    return turn


@pytest.mark.parametrize(("work", "least", "most"), [(waits, 0, 2), (lets_others_run, 3, 30)])
def test_nothing_else_runs_meanwhile(work, least, most):
    assert least <= asyncio.run(turns(work)) <= most


def test_asyncio_says_so_in_debug_mode(caplog):
    asyncio.run(waits(), debug=True)
    assert "Executing <Task finished" in caplog.text
    assert " seconds" in caplog.text
