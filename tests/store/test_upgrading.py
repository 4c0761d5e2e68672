"""Migrations: an old instance comes to head, models and migrations say the same, starting is quick."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import MetaData, inspect, text
from sqlalchemy.exc import IntegrityError

from survey_app.store import ballot_box, upgrading
from survey_app.store.engines import Stores, ballot_box_engine, registry_engine, upgrade
from survey_app.store.registry import Base
from tests.databases import PostgresqlServer, dispose, stores_at

TOP = Path(__file__).parents[2]
TREES = {"registry": Base.metadata, "ballot_box": ballot_box.metadata}


@pytest.fixture
def empty_stores(kind: str, request: pytest.FixtureRequest, tmp_path: Path):
    """Two databases that nothing was ever done to."""
    if kind == "sqlite":
        made = stores_at(tmp_path)
    else:
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        made = Stores(registry_engine(server.create()), ballot_box_engine(server.create()))
    yield made
    dispose(made)


def engine_of(stores: Stores, tree: str):
    return stores.registry if tree == "registry" else stores.ballot_box


def revision(stores: Stores, tree: str) -> str | None:
    with engine_of(stores, tree).connect() as connection:
        return upgrading._revision(connection, tree)


def test_an_instance_made_by_the_first_migration_comes_to_head_with_its_content(empty_stores: Stores) -> None:
    upgrade(empty_stores.registry, empty_stores.ballot_box, "0001")
    assert {revision(empty_stores, tree) for tree in TREES} == {"0001"}
    with empty_stores.registry.begin() as connection:
        connection.execute(text("INSERT INTO branch VALUES ('B01', '数学学院', NULL, 'academic', 128)"))
    old_poll(empty_stores)
    upgrade(empty_stores.registry, empty_stores.ballot_box)
    assert {tree: revision(empty_stores, tree) for tree in TREES} == {tree: upgrading.head(tree) for tree in TREES}
    with empty_stores.registry.connect() as connection:
        assert connection.scalar(text("SELECT name_zh FROM branch")) == "数学学院"
        assert connection.scalar(text("SELECT n_eligible FROM poll_unit JOIN poll USING (poll_id)")) == 128
        with pytest.raises(IntegrityError):
            connection.execute(text("INSERT INTO poll_unit_branch VALUES ('p9', 'B01', 'b01')"))
    with empty_stores.ballot_box.connect() as connection:
        assert connection.scalar(text("SELECT way FROM box_poll")) == "slip"


def old_poll(stores: Stores) -> None:
    """A poll as it was kept before there were tickets, with rows that refer to it."""
    facts = "'2026-11-02', '2026-11-20', 'frozen'"
    with stores.registry.begin() as connection:
        for row in (
            "version VALUES ('F', 'small', '')",
            f"poll VALUES ('p1', 'F', '调查', NULL, '2026', 'slip', {facts}, NULL)",
            "poll_unit VALUES ('p1', 'b01', '数学学院', NULL, 'academic', 128, NULL, NULL, NULL)",
            "poll_unit_branch VALUES ('p1', 'B01', 'b01')",
        ):
            connection.execute(text(f"INSERT INTO {row}"))
    with stores.ballot_box.begin() as connection:
        connection.execute(text(f"INSERT INTO box_poll VALUES ('p1', 'slip', {facts}, '{'A' * 39}', '', '')"))


@pytest.mark.parametrize("tree", TREES)
def test_models_and_migrations_say_the_same(stores: Stores, tree: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine_of(stores, tree).connect() as connection:
        options = {"version_table": upgrading.version_table(tree), "compare_type": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), TREES[tree]) == []


@pytest.mark.parametrize("tree", TREES)
def test_every_check_of_the_models_is_in_the_migrated_database(stores: Stores, tree: str) -> None:
    engine = engine_of(stores, tree)
    fresh = inspect(engine)
    for table in TREES[tree].sorted_tables:
        wanted = {str(one.name) for one in table.constraints if one.__visit_name__ == "check_constraint"}
        found = {one["name"] for one in fresh.get_check_constraints(table.name)}
        assert wanted <= found, table.name


@pytest.mark.parametrize("metadata", TREES.values(), ids=TREES)
def test_every_constraint_has_a_name(metadata: MetaData) -> None:
    assert [one for table in metadata.sorted_tables for one in table.constraints if not one.name] == []


def test_several_workers_starting_at_once_migrate_once(empty_stores: Stores) -> None:
    urls = [engine_of(empty_stores, tree).url.render_as_string(hide_password=False) for tree in TREES]
    program = (
        "import sys; from survey_app.store.engines import ballot_box_engine, registry_engine, upgrade; "
        "upgrade(registry_engine(sys.argv[1]), ballot_box_engine(sys.argv[2]))"
    )
    workers = [subprocess.Popen([sys.executable, "-c", program, *urls], cwd=TOP) for _ in range(3)]
    assert [worker.wait() for worker in workers] == [0, 0, 0]
    assert {revision(empty_stores, tree) for tree in TREES} == {upgrading.head(tree) for tree in TREES}


def test_a_start_at_head_does_not_load_alembic(sqlite_templates: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.databases import stores_at; "
        "from survey_app.store.engines import upgrade; "
        f"made = stores_at(Path({str(sqlite_templates)!r})); upgrade(made.registry, made.ballot_box); "
        "print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=TOP, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_one_address_for_both_databases_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'one.db'}"
    with pytest.raises(ValueError, match="two addresses"):
        upgrade(registry_engine(url), ballot_box_engine(url))
