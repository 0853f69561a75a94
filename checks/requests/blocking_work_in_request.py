from __future__ import annotations

from collections.abc import Iterator

from linter.check import Check
from linter.finding import Finding, Place, Related
from linter.project import Project
from linter.project.scopes import Scope
from linter.project.serving import Work
from linter.project.units import FunctionSymbol


class BlockingWorkInRequest(Check):
    """Mail or HTTP that a request waits for: in an async endpoint it holds up every other request, without a timeout perhaps
    for ever.

    An `async def` endpoint runs on the event loop. When something that it calls waits for a mail server, nothing else of the
    process runs meanwhile, health checks included. And neither `requests` nor `smtplib` nor `urlopen()` gives up by itself:
    when the other side takes the connection and says nothing, the request stays until the server in front of it, or
    gunicorn, ends the whole worker:

    ```text
    [CRITICAL] WORKER TIMEOUT
    ```

    Tests do not show it, for there the other side answers at once.

    ## Bad

    ```python
    # file: app/mailer.py
    import smtplib
    from email.message import EmailMessage


    def send_welcome(address):
        message = EmailMessage()
        message["To"] = address
        with smtplib.SMTP("mail.example.com", 25) as server:
            server.send_message(message)
    ```

    ```python
    # file: app/main.py
    from fastapi import FastAPI

    from app import mailer

    app = FastAPI()


    @app.post("/register")
    async def register(address: str):
        mailer.send_welcome(address)
        return {"registered": address}
    ```

    ## Good

    ```python
    # file: app/mailer.py
    import smtplib
    from email.message import EmailMessage


    def send_welcome(address):
        message = EmailMessage()
        message["To"] = address
        with smtplib.SMTP("mail.example.com", 25, timeout=10) as server:
            server.send_message(message)
    ```

    ```python
    # file: app/main.py
    from fastapi import BackgroundTasks, FastAPI

    from app import mailer

    app = FastAPI()


    @app.post("/register")
    async def register(address: str, background: BackgroundTasks):
        background.add_task(mailer.send_welcome, address)
        return {"registered": address}
    ```

    ## Silent when

    - the endpoint is a plain `def` (a view of Django or Flask, or a route that FastAPI runs in a thread) and there is a timeout;
    - Django's `send_mail()` is called from a plain view: that may take its time, and `EMAIL_TIMEOUT` is a matter of the settings;
    - the work is handed on: `add_task(send, …)`, `to_thread(send, …)`, a task's `delay()`, a lambda;
    - what is called is decorated, a generator, or not certainly known, or leads further than three calls away;
    - some code of the project calls `socket.setdefaulttimeout()`;
    - it stands in tests.

    ## Fix

    Give the call a `timeout`, and take it out of the request: a background task or a job queue. Where the answer needs it,
    make the endpoint a plain `def`, or wait for it in a thread.
    """

    summary = "mail or HTTP in line in a request, where it holds up the event loop or may wait for ever"
    severity = "warning"

    def check(self, project: Project, path: str) -> Iterator[Finding]:
        for work in project.serving.blocked(path):
            yield self.held_up(project, work)
        for work, endpoint in project.serving.endless(path):
            yield self.endless(project, work, endpoint)

    def held_up(self, project: Project, work: Work) -> Finding:
        function = work.scope.functions[0]
        return self.finding(
            _place(project, work.scope, work.call.at),
            f"`{function.name}()` is async and waits here for `{work.wait.name}()`: no other request is answered meanwhile",
            help="hand it to a background task or a thread, or make the endpoint a plain `def`",
            related=[Related(_place(project, work.waiting, work.wait.at), f"`{work.through[-1]}()` waits here")],
        )

    def endless(self, project: Project, work: Work, endpoint: FunctionSymbol) -> Finding:
        related = Related(
            project.place(endpoint.unit.path, endpoint.span), f"`{endpoint.node.name}()` serves the request"
        )
        return self.finding(
            _place(project, work.scope, work.wait.at),
            f"`{work.wait.name}()` has no timeout: the request of `{endpoint.node.name}()` may wait for ever",
            help="give it a `timeout`, or hand it to a background task",
            related=() if endpoint.node is work.scope.functions[0] else [related],
        )


def _place(project: Project, scope: Scope, at: int) -> Place:
    return project.place(scope.unit.path, scope.unit.span(at, scope.function))
