from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding
from linter.project import Project


class BlockingCallInAsync(Check):
    """An async function waits in a way that lets nothing else run: `time.sleep()`, `requests`, `smtplib`, Django's `send_mail()`.

    All that an event loop serves takes turns at every `await`. A call that waits without one keeps the turn: every other
    request, websocket and health check of the process stands still for as long. Nothing is raised; in debug mode asyncio says

    ```text
    Executing <Task …> took 3.002 seconds
    ```

    ## Bad

    ```python
    # file: app/prices.py
    import requests


    async def price(name):
        answer = requests.get(f"https://example.com/{name}", timeout=5)
        return answer.json()
    ```

    ## Good

    ```python
    # file: app/prices.py
    import httpx


    async def price(name):
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"https://example.com/{name}")
        return answer.json()
    ```

    ## Silent when

    - it stands in a lambda or in a function inside the async one, or is not called there: `asyncio.to_thread(requests.get, url)`;
    - it stands further away than in a function that the async one calls: `blocking-work-in-request` follows endpoints further;
    - it stands in tests.

    ## Fix

    `await asyncio.sleep()`, a client that is async, or `await asyncio.to_thread(…)`.
    """

    summary = "`time.sleep()`, mail or HTTP that waits in an async function, and holds up everything else"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for found in project.event_loops.waits(path):
            through = f"`{found.through}()` waits for `{found.name}()`, and" if found.through else f"`{found.name}()`"
            yield self.finding(
                project.place(path, found.span),
                f"{through} holds up the event loop in async `{found.function.name}()`",
                help="`await asyncio.sleep()`"
                if found.name == "time.sleep"
                else "use an async client, or do it in `asyncio.to_thread()`",
            )
