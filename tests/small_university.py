"""A small demo university in any database: two waves of a handful of branches, sealed, for tests of the assessment.

In a conftest: `from tests.small_university import small_university, sqlite_university, postgresql_university`.
"""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, make_url

from survey_app.demo import make_demo
from survey_app.demo.university import DEMO_UNIVERSITY
from survey_app.store.engines import Stores, ballot_box_engine, registry_engine, upgrade
from survey_app.store.registry import AssessmentRelease
from tests.databases import PostgresqlServer, dispose, stores_at

TODAY = date(2026, 11, 23)
BRANCHES = ("B13", "B14", "B20", "B21", "B22", "B23", "B24")
MEMBERS = {"B24": "40"}


@dataclass(frozen=True)
class SmallUniversity:
    """Both databases and the folder with the sealed boxes; nothing is assessed yet."""

    stores: Stores
    folder: Path


@pytest.fixture(scope="session")
def sqlite_university(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once: the folder to copy."""
    folder = tmp_path_factory.mktemp("small-university")
    stores = stores_at(folder)
    _fill(stores, folder)
    return folder


@pytest.fixture(scope="session")
def postgresql_university(
    postgresql_server: PostgresqlServer, tmp_path_factory: pytest.TempPathFactory
) -> tuple[tuple[str, str], Path]:
    """Made once: the names of the databases to copy, and the folder."""
    folder = tmp_path_factory.mktemp("small-university-postgresql")
    urls = postgresql_server.create(), postgresql_server.create()
    _fill(Stores(registry_engine(urls[0]), ballot_box_engine(urls[1])), folder)
    return (make_url(urls[0]).database or "", make_url(urls[1]).database or ""), folder


@pytest.fixture
def small_university(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SmallUniversity]:
    """A university of its own for each test, on SQLite and on PostgreSQL."""
    folder = tmp_path / "university"
    if kind == "sqlite":
        shutil.copytree(request.getfixturevalue("sqlite_university"), folder)
        stores = stores_at(folder)
    else:
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        (registry, ballot_box), made = request.getfixturevalue("postgresql_university")
        shutil.copytree(made, folder)
        stores = Stores(registry_engine(server.create(registry)), ballot_box_engine(server.create(ballot_box)))
    yield SmallUniversity(stores, folder)
    dispose(stores)


def _fill(stores: Stores, folder: Path) -> None:
    upgrade(stores.registry, stores.ballot_box)
    make_small_university(stores, folder)
    with stores.registry.begin() as connection:
        connection.execute(delete(AssessmentRelease))
    dispose(stores)


def make_small_university(stores: Stores, folder: Path) -> None:
    """The demo's smaller branches: two waves released and assessed, one poll open."""
    with DEMO_UNIVERSITY.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["branch_id"] in BRANCHES]
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "small_university.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | {"members": MEMBERS.get(row["branch_id"], row["members"])} for row in rows)
    make_demo(stores, folder, table, TODAY)
