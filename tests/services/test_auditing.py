"""The audit log: read in pages, edited by nobody."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from survey_app.services import auditing
from survey_app.store.engines import Stores
from tests.databases import MakeStores


def record(stores: Stores, count: int) -> None:
    with Session(stores.registry) as session, session.begin():
        for number in range(count):
            auditing.record(session, "wang", "freeze_poll", f"poll-{number}")
            session.flush()


def test_entries_come_newest_first_in_pages(stores: Stores) -> None:
    record(stores, 5)
    first = auditing.entries(stores, limit=3)
    second = auditing.entries(stores, limit=3, before=first[-1].id)
    assert [entry.object_ for entry in (*first, *second)] == [f"poll-{number}" for number in (4, 3, 2, 1, 0)]
    assert all(entry.at.tzinfo is not None for entry in first)


@pytest.mark.parametrize(
    "attack", ["UPDATE audit_entry SET officer_name = 'nobody'", "DELETE FROM audit_entry WHERE id = 1"]
)
def test_nobody_edits_the_audit_log(stores: Stores, attack: str) -> None:
    record(stores, 2)
    with pytest.raises(DBAPIError, match="append only"), stores.registry.begin() as connection:
        connection.execute(text(attack))
    assert [entry.officer_name for entry in auditing.entries(stores)] == ["wang", "wang"]


def test_sqlite_replaces_no_entry_without_asking(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    record(stores, 2)
    forged = "REPLACE INTO audit_entry (id, at, officer_name, action, object) VALUES (1, '2026-01-01', 'li', 'x', 'y')"
    with pytest.raises(DBAPIError, match="append only"), stores.registry.begin() as connection:
        connection.execute(text(forged))
    assert [entry.officer_name for entry in auditing.entries(stores)] == ["wang", "wang"]


def test_an_act_that_fails_leaves_no_entry(stores: Stores) -> None:
    with pytest.raises(ZeroDivisionError), Session(stores.registry) as session, session.begin():
        auditing.record(session, "wang", "freeze_poll", str(1 / 0))
    assert auditing.entries(stores) == ()
