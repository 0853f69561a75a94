"""The real Django and SQLAlchemy, run on the two projects: `before` fails in the words of the incidents, `after` does not.

Every scenario of rows.toml is run on both. What fails without an error (a template that renders nothing, a request
that waits for a mail server) is looked at below, one by one.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from packaging.requirements import Requirement

from tests.incidents.projects import (
    INCIDENTS,
    Row,
    copy_project,
    leave_orphan_in_pycache,
    leave_stale_bytecode,
    rows,
)

HERE = Path(__file__).parent
POSTGRESQL = "postgres://postgres@127.0.0.1:5432/"
STATES = ("before", "after")
ROWS = [row for row in rows() if row.scenario]

Outcome = dict[str, Any]
Outcomes = dict[str, Outcome]  # by scenario


def drive(driver: str, folder: Path, *arguments: object, code: Path, **environment: str) -> Any:
    result = folder / f"{Path(driver).stem}-result.json"
    done = subprocess.run(
        [sys.executable, str(HERE / driver), str(result), *map(str, arguments)],
        cwd=code,
        env={**os.environ, "PYTHONPATH": str(code), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(result.read_text())


@pytest.fixture(scope="session")
def postgresql() -> Iterator[dict[str, str]]:
    """Addresses of empty databases: one for the service, one for the site in each state."""
    names = {user: f"ormlint_incidents_{user}_{os.getpid()}" for user in ("service", *STATES)}
    try:
        server = psycopg.connect(POSTGRESQL + "postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers on 127.0.0.1:5432")
    with server:
        for name in names.values():
            server.execute(f"CREATE DATABASE {name}")
        yield {user: POSTGRESQL + name for user, name in names.items()}
        for name in names.values():
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def value(outcome: Outcome) -> Any:
    assert outcome["error"] is None
    return outcome["value"]


# --- the Django site ---

IN_THE_SITE = [row.scenario for row in ROWS if row.project == "django_site" and row.id not in ("A10", "A11")]
MORE_IN_THE_SITE = ["ask_for_missing_photo_in_browser", "ask_for_one_of_two_photos", "show_notifications"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("site")
    copies = {state: copy_project("django_site", state, folder) / "backend" for state in STATES}
    leave_orphan_in_pycache(copies["before"])
    return copies


def drive_site(backend: Path, *scenarios: str, settings: str = "test", **environment: str) -> Outcomes:
    module = f"config.settings.{settings}"
    outcomes: Outcomes = drive(
        "drive_django.py", backend, *scenarios, code=backend, DJANGO_SETTINGS_MODULE=module, **environment
    )
    return outcomes


@pytest.fixture(scope="session")
def on_sqlite(site: dict[str, Path]) -> dict[str, Outcomes]:
    """What the scenarios gave in each state. The last migration comes last: it breaks in `before`."""
    first, last = ["migrate_but_the_last", "show_every_page"], ["migrate"]
    extra = {"before": [], "after": ["save_user_without_profile", "migrations_are_complete"]}
    booking = {"before": [], "after": ["book_twice"]}
    return {
        state: drive_site(site[state], *first, *IN_THE_SITE, *MORE_IN_THE_SITE, *extra[state], *last, *booking[state])
        for state in STATES
    }


@pytest.fixture(scope="session")
def on_the_platform(site: dict[str, Path], on_sqlite: object) -> dict[str, Outcomes]:
    """Production settings, of which the platform gives the database but no mail account; nobody listens for mail."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = str(closed.getsockname()[1])
    mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": port, "EMAIL_HOST_USER": "", "EMAIL_HOST_PASSWORD": ""}
    return {
        state: drive_site(
            site[state],
            "send_reminders",
            settings="production",
            DATABASE_URL=f"sqlite:///{site[state]}/test.sqlite3",
            DJANGO_DEBUG="0",
            **mail,
        )
        for state in STATES
    }


# --- the FastAPI service ---

MODELS = tuple(f"app/models/{name}.py" for name in ("api_key", "audit_log", "conversation", "message", "user"))

# What was repaired before a scenario of `before` could get as far as its own mistake.
REPAIRED_FIRST: dict[str, tuple[str, ...]] = {
    "configure_conversation": MODELS[1:2],
    "configure_message": MODELS[1:3],
    "lose_organization": MODELS,
    "compare_with_database": MODELS,
    "ask_for_health_while_registering": MODELS,
    "count_queries_of_registration": MODELS,
    "show_account": MODELS,
}
ON_POSTGRESQL = ["create_api_keys", "lose_connection", "upgrade"]
ELSEWHERE = {*ON_POSTGRESQL, "start_without_environment"}
IN_THE_SERVICE = [row.scenario for row in ROWS if row.project == "fastapi_service" and row.scenario not in ELSEWHERE]
MORE_IN_THE_SERVICE = [
    "list_conversations_after_that",
    "import_models",
    "lose_organization",
    "compare_with_database",
    "ask_for_health_while_registering",
    "count_queries_of_registration",
    "show_account",
]


class Service:
    """Copies of the service, by what was repaired in them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.copies: dict[tuple[str, tuple[str, ...]], Path] = {}

    def copy(self, state: str, scenario: str) -> Path:
        repaired = REPAIRED_FIRST.get(scenario, ()) if state == "before" else ()
        if (state, repaired) not in self.copies:
            self.copies[state, repaired] = copy_project("fastapi_service", state, self.folder, repaired)
        return self.copies[state, repaired]

    def drive(self, jobs: list[tuple[str, str, str]]) -> dict[str, Outcomes]:
        """The outcomes of (state, scenario, DATABASE_URL), by state."""
        document = self.folder / "jobs.json"
        document.write_text(
            json.dumps([(scenario, str(self.copy(state, scenario)), url) for state, scenario, url in jobs])
        )
        outcomes = drive("drive_fastapi.py", self.folder, document, code=self.folder)
        found: dict[str, Outcomes] = {state: {} for state in STATES}
        for (state, scenario, _), outcome in zip(jobs, outcomes, strict=True):
            found[state][scenario] = outcome
        return found


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Service:
    return Service(tmp_path_factory.mktemp("service"))


@pytest.fixture(scope="session")
def in_the_service(service: Service) -> dict[str, Outcomes]:
    urls = {state: f"sqlite:///{service.folder}/{state}.db" for state in STATES}
    jobs = [
        (state, name, urls[state]) for state in STATES for name in ("upgrade", *IN_THE_SERVICE, *MORE_IN_THE_SERVICE)
    ]
    return service.drive([*jobs, *((state, "start_without_environment", "") for state in STATES)])


@pytest.fixture(scope="session")
def on_postgresql(service: Service, postgresql: dict[str, str]) -> dict[str, Outcomes]:
    """In this order: nothing of the failing upgrade of `before` is left when `after` starts."""
    url = postgresql["service"].replace("postgres://", "postgresql+psycopg://")
    jobs = [(state, name, url) for name in ON_POSTGRESQL for state in STATES]
    return service.drive([*jobs, ("after", "compare_with_database", postgresql["service"])])


# --- row by row ---


@pytest.fixture
def outcomes(request: pytest.FixtureRequest, row: Row) -> dict[str, Outcome]:
    """What the row's scenario gave, by state."""
    if row.project == "django_site":
        place = "on_the_platform" if row.id == "A10" else "on_sqlite"
    else:
        place = "on_postgresql" if row.scenario in ON_POSTGRESQL else "in_the_service"
    found = request.getfixturevalue(place)
    return {state: found[state][row.scenario] for state in STATES}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_framework_says_it(row: Row, outcomes: dict[str, Outcome]) -> None:
    assert row.framework_says in (outcomes["before"]["error"] or "no error")
    if row.raises_here:
        assert outcomes["before"]["at"] == [row.path, row.line]
    assert outcomes["after"]["error"] is None


# --- what the rows do not say ---


@pytest.mark.parametrize("state", STATES)
def test_the_site_is_well_otherwise(on_sqlite: dict[str, Outcomes], state: str) -> None:
    assert on_sqlite[state]["migrate_but_the_last"]["error"] is None
    assert value(on_sqlite[state]["show_every_page"]) == [200] * 7


def test_one_profile_for_every_user(on_sqlite: dict[str, Outcomes]) -> None:
    values = {name: outcome["value"] for name, outcome in on_sqlite["after"].items()}
    assert values["add_user_in_admin"] == ["staff"]
    assert values["load_users_with_profiles"] == [500]
    assert values["save_user_without_profile"] == 1


def test_stale_bytecode_is_loaded_and_an_orphan_in_pycache_is_not(
    site: dict[str, Path], on_sqlite: dict[str, Outcomes], tmp_path: Path
) -> None:
    assert list(site["before"].glob("api/__pycache__/password_audit.*.pyc"))
    assert on_sqlite["before"]["reset_password"]["error"].startswith("builtins.ModuleNotFoundError")
    stale = Path(shutil.copytree(site["before"], tmp_path / "site" / "backend"))
    leave_stale_bytecode(stale)
    outcomes = drive_site(stale, "reset_password")
    assert outcomes["reset_password"]["value"] == "the release before ran"
    assert value(on_sqlite["after"]["reset_password"]) == "reset"


def test_a_client_that_wants_json_gets_html(on_sqlite: dict[str, Outcomes]) -> None:
    answers = {state: value(on_sqlite[state]["ask_for_missing_photo_in_browser"]) for state in STATES}
    assert answers == {"before": [404, "text/html"], "after": [404, "application/json"]}


def test_the_lookup_of_a_photo_is_not_unique(on_sqlite: dict[str, Outcomes]) -> None:
    before = on_sqlite["before"]["ask_for_one_of_two_photos"]
    assert "get() returned more than one ChecklistPhoto -- it returned 2!" in before["error"]
    assert value(on_sqlite["after"]["ask_for_one_of_two_photos"]) == 409


def test_the_template_renders_nothing_and_a_condition_that_always_holds(on_sqlite: dict[str, Outcomes]) -> None:
    before, after = (value(on_sqlite[state]["show_notifications"]) for state in STATES)
    assert "an old one</a> <small> ago</small>" in before
    assert "an old one</a> <small>0 minutes ago</small>" in after
    assert "> new </span>" in before
    assert "> seen </span>" in after


def test_the_mail_goes_to_the_console(on_the_platform: dict[str, Outcomes]) -> None:
    assert on_the_platform["before"]["send_reminders"]["error"].startswith("builtins.ConnectionRefusedError")
    assert "To: reader@example.com" in value(on_the_platform["after"]["send_reminders"])


def test_the_repaired_migrations_are_complete_and_the_form_keeps_bookings_apart(on_sqlite: dict[str, Outcomes]) -> None:
    assert on_sqlite["after"]["migrations_are_complete"]["error"] is None
    assert value(on_sqlite["after"]["book_twice"]) == [302, 200, 1]


@pytest.mark.parametrize("state", STATES)
def test_postgresql_keeps_bookings_apart(site: dict[str, Path], postgresql: dict[str, str], state: str) -> None:
    scenarios = ["migrate", "migrations_are_complete", "book_twice_past_the_form"]
    outcomes = drive_site(site[state], *scenarios, settings="production", DATABASE_URL=postgresql[state])
    assert [outcomes[name]["error"] for name in scenarios[:2]] == [None, None]
    assert 'violates exclusion constraint "booking_no_overlap"' in outcomes[scenarios[2]]["error"]


def pins(state: str, path: str) -> dict[str, str]:
    lines = (INCIDENTS / "django_site" / state / path).read_text(encoding="utf8").splitlines()
    requirements = [Requirement(line) for line in lines]
    return {requirement.name: str(requirement.specifier) for requirement in requirements}


def test_the_pins() -> None:
    """Read, not run: pandas refuses, at the first import of a workbook, an openpyxl older than 3.1.0."""
    deployed, local = pins("before", "requirements.txt"), pins("before", "backend/requirements.txt")
    assert {name for name in deployed if deployed[name] != local[name]} == {"openpyxl"}
    assert (deployed["pandas"], deployed["openpyxl"]) == ("==2.2.3", "==3.0.10")
    assert pins("after", "requirements.txt") == pins("after", "backend/requirements.txt") == local


@pytest.mark.parametrize("state", STATES)
def test_the_service_is_well_otherwise(in_the_service: dict[str, Outcomes], state: str) -> None:
    assert in_the_service[state]["upgrade"]["error"] is None


def test_one_mapper_that_fails_takes_the_others_along(in_the_service: dict[str, Outcomes]) -> None:
    before, after = (in_the_service[state]["list_conversations_after_that"] for state in STATES)
    assert "One or more mappers failed to initialize" in before["error"]
    assert "Mapper[AuditLog(audit_logs)]" in before["error"]
    assert after["value"] == 200


def test_a_model_that_cannot_be_imported_is_missed_too_late(in_the_service: dict[str, Outcomes]) -> None:
    before, after = (value(in_the_service[state]["lose_organization"]) for state in STATES)
    assert before.startswith("at the first request")
    assert "expression 'Organization' failed to locate a name" in before
    assert after == "at start"


def test_a_model_that_nobody_imports_has_no_table(in_the_service: dict[str, Outcomes]) -> None:
    before, after = (value(in_the_service[state]["compare_with_database"]) for state in STATES)
    assert "remove_table attachments" in before
    assert after == []


def test_the_package_wins_over_the_module(in_the_service: dict[str, Outcomes]) -> None:
    path, tables = value(in_the_service["before"]["import_models"])
    assert path == "app/models/__init__.py"
    assert "users" not in tables
    assert "users_v2" in tables


def test_registration_waits_for_the_mail_server(in_the_service: dict[str, Outcomes]) -> None:
    answers = {state: value(in_the_service[state]["ask_for_health_while_registering"]) for state in STATES}
    assert answers == {"before": "after the mail", "after": "at once"}


def test_registration_asks_once_per_conversation(in_the_service: dict[str, Outcomes]) -> None:
    before, after = (value(in_the_service[state]["count_queries_of_registration"]) for state in STATES)
    assert before[1] - before[0] == 4
    assert after[1] == after[0]


def test_the_page_leaves_the_name_out(in_the_service: dict[str, Outcomes]) -> None:
    before, after = (value(in_the_service[state]["show_account"]) for state in STATES)
    assert "<h1>Hello, </h1>" in before
    assert "<h1>Hello, Grace Hopper</h1>" in after
    for page in (before, after):
        assert "{{ user.nickname }} is {{ user.presence }}" in page


def test_the_migrations_of_the_service_on_postgresql(on_postgresql: dict[str, Outcomes]) -> None:
    assert "DatatypeMismatch" in on_postgresql["before"]["upgrade"]["error"]
    assert on_postgresql["after"]["upgrade"]["error"] is None
    assert value(on_postgresql["after"]["compare_with_database"]) == []
