"""What blocking-work-in-request says is what sockets and event loops do."""

import asyncio
import contextlib
import smtplib
import socket
import threading
import time
import urllib.request

import pytest

PATIENCE = 0.5


@pytest.fixture
def silent_port():
    """A server that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def asks(port):
    return {
        "smtplib": lambda **more: smtplib.SMTP("127.0.0.1", port, **more),
        "urllib": lambda **more: urllib.request.urlopen(f"http://127.0.0.1:{port}/", **more),
    }


@pytest.mark.parametrize("library", ["smtplib", "urllib"])
def test_nothing_gives_up_without_a_timeout(silent_port, library):
    def ask():
        with contextlib.suppress(OSError):  # the server goes away at last
            asks(silent_port)[library]()

    waiting = threading.Thread(target=ask, daemon=True)
    waiting.start()
    waiting.join(PATIENCE)
    assert waiting.is_alive()


@pytest.mark.parametrize("library", ["smtplib", "urllib"])
def test_a_timeout_ends_it(silent_port, library):
    with pytest.raises(OSError, match="timed out"):
        asks(silent_port)[library](timeout=PATIENCE)


@pytest.mark.parametrize(("in_a_thread", "answered"), [(False, 0), (True, 1)])
def test_an_async_endpoint_that_waits_holds_up_all_others(silent_port, in_a_thread, answered):
    def send():
        with pytest.raises(OSError, match="timed out"):
            smtplib.SMTP("127.0.0.1", silent_port, timeout=PATIENCE)

    async def endpoint():
        await (asyncio.to_thread(send) if in_a_thread else asyncio.sleep(0, send()))
        return time.monotonic()

    async def other():
        await asyncio.sleep(PATIENCE / 10)
        return time.monotonic()

    async def serve():
        first, second = await asyncio.gather(endpoint(), other())
        return first - second

    ahead = asyncio.run(serve())
    assert (ahead > 0) is bool(answered)
