"""Backup and restore: everything but open ballots, from either database into either, and proved."""

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from survey_app.services import auditing, boards, collecting
from survey_app.services.auditing_polls import audit_poll
from survey_app.services.backing_up import BALLOT_BOX_TABLES, REGISTRY_TABLES, Backup, back_up
from survey_app.services.casting import cast_ballot
from survey_app.services.errors import NoSuchBoard, NotBackedUp, NotRestored, PollClosed
from survey_app.services.restoring import Restored, restore
from survey_app.services.sealing import box_path, close_poll, seal_poll
from survey_app.store.engines import Stores, reading
from tests.databases import MakeStores, stores_at
from tests.small_polls import DAY, LAST, OFFICER, add_branches, open_poll, submission
from tests.small_terms import SECRET, a_ticket, answers_of, asked, browser, by_ticket, ticket_poll

Rows = Mapping[str, list[tuple[object, ...]]]


def filled(stores: Stores, instance: Path) -> list[bytes]:
    """A sealed poll by ticket, an open one by link, and a slot that is still free; the receipts of the sealed one."""
    ticket_poll(stores)
    receipts = [
        cast_ballot(stores.ballot_box, by_ticket(a_ticket(stores, f"b01-{n:03}")), DAY).receipt for n in range(7)
    ]
    close_poll(stores, "poll-1", OFFICER)
    seal_poll(stores, instance, "poll-1", officer_name=OFFICER)
    open_poll(stores, "anybody")
    for _ in range(6):
        cast_ballot(stores.ballot_box, submission(poll_id="anybody", answers=answers_of("b02")), DAY)
    return receipts


def rows(stores: Stores) -> Rows:
    found: dict[str, list[tuple[object, ...]]] = {}
    for engine, tables in ((stores.registry, REGISTRY_TABLES), (stores.ballot_box, BALLOT_BOX_TABLES)):
        with reading(engine) as connection:
            for table in tables:
                found[table.name] = [
                    tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))
                ]
    return found


def restored(make_stores: MakeStores, kind: str, instance: Path, backup: Backup) -> tuple[Stores, Restored]:
    target = make_stores(kind)
    instance.mkdir()
    return target, restore(target, instance, backup.folder, SECRET, LAST, OFFICER)


@pytest.mark.parametrize("into", [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_a_backup_comes_back_whole_on_either_database(
    stores: Stores, make_stores: MakeStores, into: str, tmp_path: Path
) -> None:
    filled(stores, tmp_path)
    before = rows(stores)
    made = back_up(stores, tmp_path, tmp_path / "copy")
    assert (made.sealed, made.left_out) == (("poll-1",), ("anybody",))
    target, back = restored(make_stores, into, tmp_path / "again", made)
    after = dict(rows(target))
    assert back.is_sound
    assert back.keys_open is True
    assert {one.verdict for one in back.audits["poll-1"]} == {"holds", "not_checked"}
    entries = after.pop("audit_entry")
    assert entries[: len(before["audit_entry"])] == before["audit_entry"]
    for name in ("poll", "box_poll"):  # the open poll came back closed
        mine, theirs = ({row[0]: row for row in each} for each in (before[name], after.pop(name)))
        assert theirs["poll-1"] == mine["poll-1"]
        assert "closed" in theirs["anybody"]
    assert after == {name: each for name, each in before.items() if name not in ("audit_entry", "poll", "box_poll")}
    for file in ("receipts_list", "seal_document"):
        assert getattr(boards, file)(target, tmp_path / "again", "poll-1") == getattr(boards, file)(
            stores, tmp_path, "poll-1"
        )


def test_what_comes_back_goes_on_working(stores: Stores, make_stores: MakeStores, kind: str, tmp_path: Path) -> None:
    """Numbers of new rows go on, tickets already collected come again, the slot left is collected, the log takes entries."""
    filled(stores, tmp_path)
    page = browser()
    first = collecting.collect(stores, SECRET, "b01-010", asked(stores, page, "2026-02"), DAY)
    target, _ = restored(make_stores, kind, tmp_path / "again", back_up(stores, tmp_path, tmp_path / "copy"))
    assert collecting.collect(target, SECRET, "b01-010", asked(target, page, "2026-02"), DAY) == first
    a_ticket(target, "b01-011", "2026-02")
    audit_poll(target, tmp_path / "again", "poll-1", LAST, OFFICER)
    ids = [entry.id for entry in auditing.entries(target)]
    assert ids == sorted(set(ids), reverse=True)
    with pytest.raises(PollClosed):
        cast_ballot(target.ballot_box, submission(poll_id="anybody", answers=answers_of("b02")), DAY)
    with pytest.raises(NoSuchBoard):
        boards.seal_document(target, tmp_path / "again", "anybody")


def test_a_backup_of_an_open_poll_holds_no_ballot_and_no_sign_in(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores, "anybody")
    sent = [submission(poll_id="anybody") for _ in range(6)]
    for one in sent:
        cast_ballot(stores.ballot_box, one, DAY)
    made = back_up(stores, tmp_path, tmp_path / "copy")
    every = b"".join(path.read_bytes() for path in made.folder.rglob("*") if path.is_file())
    for one in sent:
        assert one.opener not in every
        assert one.nonce not in every
    assert SECRET.encode() not in every
    with closing(sqlite3.connect(made.folder / "ballot_box.db")) as box:
        assert box.execute("SELECT count(*) FROM ballot").fetchone() == (0,)
        assert box.execute("SELECT count(*) FROM slip_code").fetchone() == (0,)
    assert {path.stat().st_mode & 0o077 for path in made.folder.rglob("*")} == {0}


def test_two_backups_between_which_ballots_came_differ_in_nothing_of_the_ballot_box(
    stores: Stores, tmp_path: Path
) -> None:
    """The difference of two nightly copies would be a log of arrivals."""
    open_poll(stores, "anybody")
    copies = []
    for name in ("monday", "tuesday"):
        cast_ballot(stores.ballot_box, submission(poll_id="anybody"), DAY)
        copies.append((back_up(stores, tmp_path, tmp_path / name).folder / "ballot_box.db").read_bytes())
    assert copies[0] == copies[1]


def test_a_folder_that_holds_something_else_is_left_alone(stores: Stores, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "mine.txt").write_text("mine")
    with pytest.raises(NotBackedUp):
        back_up(stores, tmp_path, tmp_path / "copy")
    assert [path.name for path in (tmp_path / "copy").iterdir()] == ["mine.txt"]


def test_a_backup_is_written_down_and_refused_where_a_box_was_changed_or_is_gone(
    stores: Stores, tmp_path: Path
) -> None:
    filled(stores, tmp_path)
    back_up(stores, tmp_path, tmp_path / "copy")
    assert auditing.entries(stores)[0].action == "backup"
    box = box_path(tmp_path, "poll-1")
    box.write_bytes(box.read_bytes() + b"x")
    for name in ("changed", "gone"):
        with pytest.raises(NotBackedUp):
            back_up(stores, tmp_path, tmp_path / name)
        assert not (tmp_path / name).exists()
        box.unlink(missing_ok=True)


def damaged_box(folder: Path) -> None:
    box = folder / "sealed" / "poll-1.box"
    box.write_bytes(box.read_bytes()[:-1])


def missing_box(folder: Path) -> None:
    (folder / "sealed" / "poll-1.box").unlink()


def strange_file(folder: Path) -> None:
    (folder / "sealed" / "poll-2.box").write_bytes(b"box")


def another_version(folder: Path) -> None:
    document = json.loads((folder / "backup.json").read_bytes()) | {"registry": "0001"}
    (folder / "backup.json").write_text(json.dumps(document))


def other_counts(folder: Path) -> None:
    document = json.loads((folder / "backup.json").read_bytes())
    document["counts"]["issuance"] += 1
    (folder / "backup.json").write_text(json.dumps(document))


def no_json(folder: Path) -> None:
    (folder / "backup.json").write_text("[" * 9)


def not_even_there(folder: Path) -> None:
    shutil.rmtree(folder)


def test_a_damaged_backup_is_refused_and_leaves_the_instance_empty(tmp_path: Path, make_stores: MakeStores) -> None:
    source = make_stores("sqlite")
    filled(source, tmp_path)
    made = back_up(source, tmp_path, tmp_path / "copy")
    target, instance = make_stores("sqlite"), tmp_path / "again"
    instance.mkdir()
    for damage in (damaged_box, missing_box, strange_file, another_version, other_counts, no_json, not_even_there):
        tried = shutil.copytree(made.folder, tmp_path / damage.__name__)
        damage(tried)
        with pytest.raises(NotRestored):
            restore(target, instance, tried, SECRET, LAST, OFFICER)
        assert not any(rows(target).values()), damage.__name__
        assert not list(instance.rglob("*.*")), damage.__name__
    assert restore(target, instance, made.folder, SECRET, LAST, OFFICER).is_sound
    with pytest.raises(NotRestored):  # it is no longer empty
        restore(target, instance, made.folder, SECRET, LAST, OFFICER)


def test_a_restore_that_is_killed_begins_anew(tmp_path: Path, make_stores: MakeStores) -> None:
    source = make_stores("sqlite")
    filled(source, tmp_path)
    made = back_up(source, tmp_path, tmp_path / "copy")
    instance = tmp_path / "again"
    instance.mkdir()
    command = [sys.executable, "-m", "tests.services.killed_restorer", str(instance), str(made.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as killed:
        assert killed.stdout is not None
        assert killed.stdout.readline().strip().startswith("poll-1")
        killed.kill()
    assert (instance / "restoring").exists()
    again = stores_at(instance)
    assert restore(again, instance, made.folder, SECRET, LAST, OFFICER).is_sound
    assert not (instance / "restoring").exists()
    assert len(rows(again)["issuance"]) == 7


def test_what_was_written_since_a_killed_restore_is_not_taken_for_it(tmp_path: Path, make_stores: MakeStores) -> None:
    source = make_stores("sqlite")
    filled(source, tmp_path)
    made = back_up(source, tmp_path, tmp_path / "copy")
    instance, target = tmp_path / "again", make_stores("sqlite")
    instance.mkdir()
    (instance / "restoring").touch()
    add_branches(target)
    with pytest.raises(NotRestored):
        restore(target, instance, made.folder, SECRET, LAST, OFFICER)
    assert len(rows(target)["branch"]) == 2


def test_another_secret_is_told(tmp_path: Path, make_stores: MakeStores) -> None:
    source = make_stores("sqlite")
    filled(source, tmp_path)
    made = back_up(source, tmp_path, tmp_path / "copy")
    (tmp_path / "again").mkdir()
    back = restore(make_stores("sqlite"), tmp_path / "again", made.folder, "another" * 8, LAST, OFFICER)
    assert back.keys_open is False
