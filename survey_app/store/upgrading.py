"""Brings both databases to the newest form. At head it costs one small query each and never loads Alembic."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

FOLDER = Path(__file__).parent / "migrations"
REGISTRY, BALLOT_BOX = "registry", "ballot_box"
_IN_PROCESS = threading.Lock()  # Alembic keeps its context in a module
_ADVISORY_LOCK = 7_305_421_869  # any constant: two workers starting at once take turns on PostgreSQL


def upgrade(registry: Engine, ballot_box: Engine, revision: str = "head") -> None:
    """Run the migrations that are missing, each database in its own transaction. Safe to call from several processes."""
    if registry.url == ballot_box.url:
        raise ValueError("The registry and the ballot box are two databases: give them two addresses.")
    for engine, tree in ((registry, REGISTRY), (ballot_box, BALLOT_BOX)):
        if not _is_at_head(engine, tree):
            _migrate(engine, tree, revision)


def head(tree: str) -> str:
    """The newest revision of a tree: files are named by their numbers, so no import is needed."""
    return max(file.stem for file in (FOLDER / tree / "versions").glob("m[0-9]*.py"))[1:5]


def version_table(tree: str) -> str:
    return f"{tree}_migration"


def _is_at_head(engine: Engine, tree: str) -> bool:
    with engine.connect().execution_options(reads_only=True) as connection:
        return _revision(connection, tree) == head(tree)


def _revision(connection: Connection, tree: str) -> str | None:
    if not inspect(connection).has_table(version_table(tree)):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {version_table(tree)}"))  # noqa: S608  (our own constant)
    return found


def _migrate(engine: Engine, tree: str, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    with _IN_PROCESS, engine.connect() as connection, _tables_may_be_rebuilt(connection), connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        config = Config()
        config.set_main_option("script_location", str(FOLDER / tree).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes.update(connection=connection, version_table=version_table(tree))
        command.upgrade(config, revision)


@contextmanager
def _tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """SQLite changes a check by rebuilding its table (sqlite.org/lang_altertable.html#otheralter): meanwhile foreign keys
    sleep, or dropping the old table would delete what refers to it. They can be switched outside a transaction only."""
    raw = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or raw is None or raw.execute("PRAGMA foreign_keys").fetchone() == (0,):
        yield
        return
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA foreign_keys = ON")
