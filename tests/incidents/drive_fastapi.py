"""Run scenarios in copies of the FastAPI service; a program of its own, started by the tests.

usage: drive_fastapi.py RESULT.json JOBS.json    JOBS: a list of [scenario, directory of the copy, DATABASE_URL or ""],
                                                 RESULT: the outcome of each

A failed mapper stays failed for the whole process, so every scenario has a process of its own: forked from this one,
which has loaded the libraries and no line of the service.
"""

import asyncio
import contextlib
import json
import multiprocessing
import os
import socketserver
import sys
import threading
import time
import types
from pathlib import Path
from typing import Any

import alembic.autogenerate
import alembic.command
import alembic.config
import fastapi.testclient
import httpx
import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from outcome import outcome_of
from sqlalchemy.orm import configure_mappers


def client() -> fastapi.testclient.TestClient:
    from app.main import app

    return fastapi.testclient.TestClient(app)


def upgrade() -> None:
    alembic.command.upgrade(alembic.config.Config("alembic.ini"), "head")


def compare_with_database() -> list[str]:
    """What `alembic revision --autogenerate` would write."""
    import app.models  # noqa: F401
    from app.database import Base, engine

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = alembic.autogenerate.compare_metadata(context, Base.metadata)
    # Changes of one column come as a list of their own.
    changes = [change for item in differences for change in (item if isinstance(item, list) else [item])]
    return [" ".join(str(part) for part in change if isinstance(part, (str, sa.Table))) for change in changes]


def verify_email() -> int:
    return client().get("/verify/no-such-token").status_code


def list_conversations_after_that() -> int:
    browser = client()
    with contextlib.suppress(sa.exc.ArgumentError):  # the scenario above looks at that one
        browser.get("/verify/no-such-token")
    return browser.get("/conversations/", params={"organization_id": 1}).status_code


def configure() -> None:
    import app.models  # noqa: F401

    configure_mappers()


configure_conversation = configure_message = configure


def import_message_first() -> None:
    """app.models as a package whose __init__ has not run: nobody has imported Conversation yet."""
    package = types.ModuleType("app.models")
    package.__path__ = ["app/models"]
    sys.modules["app.models"] = package
    import app.models.message  # noqa: F401


def lose_organization() -> str:
    """A model module that cannot be imported: when does somebody notice?"""
    sys.modules["app.models.organization"] = None  # type: ignore[assignment]
    try:
        import app.models  # noqa: F401
    except ImportError:
        return "at start"
    try:
        configure_mappers()
    except sa.exc.InvalidRequestError as error:
        return f"at the first request: {error}"
    return "never"


def import_models() -> list[Any]:
    import app.models
    from app.database import Base

    return [Path(app.models.__file__).resolve().relative_to(Path.cwd()).as_posix(), sorted(Base.metadata.tables)]


class Mailbox(socketserver.ThreadingTCPServer):
    """An SMTP server that takes its time before it greets, and remembers when it was done."""

    daemon_threads = True

    def __init__(self, patience: float):
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.patience = patience
        self.called = threading.Event()
        self.finished_at = 0.0


class _Dialogue(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self.server.called.set()
        time.sleep(self.server.patience)
        self.reply(b"220 ready")
        in_data = False
        for line in self.rfile:
            if in_data and line != b".\r\n":
                continue
            command, in_data = line.strip().upper(), False
            if command == b"DATA":
                in_data = True
                self.reply(b"354 go on")
            elif command == b"QUIT":
                self.server.finished_at = time.monotonic()
                return self.reply(b"221 bye")
            else:
                self.reply(b"250 ok")

    def reply(self, text: bytes) -> None:
        self.wfile.write(text + b"\r\n")


def open_mailbox(patience: float) -> Mailbox:
    mailbox = Mailbox(patience)
    threading.Thread(target=mailbox.serve_forever, daemon=True).start()
    os.environ["SMTP_HOST"], os.environ["SMTP_PORT"] = map(str, mailbox.server_address)
    return mailbox


def registration_of(name: str, organization: str) -> dict[str, str]:
    return {"email": f"{name}@example.com", "full_name": name.title(), "organization": organization}


def ask_for_health_while_registering() -> str:
    mailbox = open_mailbox(patience=0.4)
    from app.main import app

    async def both() -> float:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as browser:
            registering = asyncio.create_task(browser.post("/register", json=registration_of("ada", "Engines")))
            await asyncio.to_thread(mailbox.called.wait, 5)
            (await browser.get("/health")).raise_for_status()
            answered_at = time.monotonic()
            (await registering).raise_for_status()
        return answered_at

    return "at once" if asyncio.run(both()) < mailbox.finished_at else "after the mail"


def count_queries_of_registration() -> list[int]:
    """Queries of one registration in an organization with two conversations, and in one with six."""
    open_mailbox(patience=0)
    from app.database import SessionLocal, engine
    from app.models import Conversation, Organization

    browser, counts = client(), []
    for conversations in (2, 6):
        organization = Organization(name=f"with {conversations}")
        organization.conversations = [Conversation(title=str(number)) for number in range(conversations)]
        with SessionLocal.begin() as session:
            session.add(organization)
        queries: list[str] = []
        listener = lambda *event, queries=queries: queries.append(event[2])  # noqa: E731
        sa.event.listen(engine, "before_cursor_execute", listener)
        browser.post("/register", json=registration_of(f"n{conversations}", f"with {conversations}")).raise_for_status()
        sa.event.remove(engine, "before_cursor_execute", listener)
        counts.append(sum(query.startswith("SELECT") for query in queries))
    return counts


def show_account() -> str:
    from app.database import SessionLocal
    from app.models import Conversation, User

    with SessionLocal.begin() as session:
        session.add(User(id="u1", email="grace@example.com", full_name="Grace Hopper"))
        session.add(Conversation(title="Compilers", user_id="u1"))
    return " ".join(client().get("/accounts/u1").raise_for_status().text.split())


def key_tables() -> list[sa.Table]:
    import app.models  # noqa: F401
    from app.database import Base

    return [Base.metadata.tables[name] for name in ("organizations", "users_v2", "api_keys")]


def delete_creator_of_key() -> int:
    organizations, users, keys = tables = key_tables()
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
        tables[0].metadata.create_all(connection, tables)
        connection.execute(organizations.insert().values(id=1, name="Engines"))
        connection.execute(users.insert().values(id="u1", email="ada@example.com", full_name="Ada"))
        connection.execute(keys.insert().values(id="k1", organization_id=1, created_by_id="u1", label="nightly"))
        connection.execute(users.delete())
        return connection.scalar(sa.select(sa.func.count()).where(keys.c.created_by_id.is_(None)))


def create_api_keys() -> None:
    tables = key_tables()
    from app.database import engine

    with engine.connect() as connection:  # closed without a commit
        connection.execute(sa.schema.CreateSchema("keys"))
        tables[0].metadata.create_all(connection.execution_options(schema_translate_map={None: "keys"}), tables)


def start_without_environment() -> str:
    from app.database import engine

    return engine.dialect.name


def lose_connection() -> int:
    """What a restart of the server, or an idle connection cut by a proxy, does to a pooled connection."""
    from app.database import engine

    with engine.connect() as connection:
        process = connection.scalar(sa.text("SELECT pg_backend_pid()"))
    other = sa.create_engine(engine.url, poolclass=sa.NullPool)
    with other.connect() as connection:
        connection.execute(sa.text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})
    with engine.connect() as connection:
        return connection.scalar(sa.text("SELECT 1"))


def run(job: tuple[str, str, str]) -> dict[str, Any]:
    name, directory, database_url = job
    os.chdir(directory)
    sys.path.insert(0, directory)
    if database_url:
        os.environ["DATABASE_URL"] = database_url
    return outcome_of(globals()[name], Path(directory))


def main(result: str, jobs: str) -> None:
    os.environ.pop("DATABASE_URL", None)
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        outcomes = pool.map(run, json.loads(Path(jobs).read_text()), chunksize=1)
    Path(result).write_text(json.dumps(outcomes))


if __name__ == "__main__":
    main(*sys.argv[1:])
