"""The auditor: nothing but published files and a sealed box, and every way of cheating that they can show."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from survey_app.ballots import manifests, merkle
from survey_app.ballots.audit.__main__ import main
from survey_app.ballots.audit.checks import audit
from survey_app.ballots.audit.evidence import Unreadable, evidence
from survey_app.ballots.encodings import H, to_base64url
from survey_app.ballots.receipts import commitment, receipt
from survey_app.services import auditing
from survey_app.services.auditing_polls import audit_poll, copy_for_auditor
from survey_app.services.casting import cast_ballot
from survey_app.services.sealing import box_path, close_poll, seal_poll
from survey_app.store.engines import Stores
from tests.databases import dispose, stores_at
from tests.small_polls import DAY, LAST, OFFICER, comment, open_poll, submission
from tests.small_terms import a_ticket, by_ticket, ticket_poll


@pytest.fixture(scope="module")
def honest(sqlite_templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an auditor gets of an honest poll by ticket: of b01 one who collected has not answered."""
    instance = tmp_path_factory.mktemp("audited") / "instance"
    shutil.copytree(sqlite_templates, instance)
    stores = stores_at(instance)
    an_honest_poll(stores, instance)
    copy_for_auditor(stores, instance, "poll-1", instance / "board", LAST, OFFICER)
    dispose(stores)
    return instance / "board"


@pytest.fixture
def folder(honest: Path, tmp_path: Path) -> Path:
    """A copy of it to cheat in."""
    return shutil.copytree(honest, tmp_path / "board")


def an_honest_poll(stores: Stores, instance: Path) -> None:
    ticket_poll(stores)
    for branch, collected, answered in (("b01", 8, 7), ("b02", 6, 6)):
        tickets = [a_ticket(stores, f"{branch}-{n:03}") for n in range(collected)]
        for ticket in tickets[:answered]:
            cast_ballot(stores.ballot_box, by_ticket(ticket, comments=(comment(),)), DAY)
    close_poll(stores, "poll-1", OFFICER)
    seal_poll(stores, instance, "poll-1", officer_name=OFFICER)


def board_of(stores: Stores, tmp_path: Path, poll_id: str) -> Path:
    copy_for_auditor(stores, tmp_path, poll_id, tmp_path / "board", LAST, OFFICER)
    return tmp_path / "board"


def in_box(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(next(folder.glob("*.box")))) as box, box:
        for statement in statements:
            box.execute(statement)


def rewrite(folder: Path, name: str, **changes: object) -> None:
    document = json.loads((folder / name).read_bytes()) | changes
    (folder / name).write_bytes(
        json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )


def failing(folder: Path, fingerprint: str = "") -> set[str]:
    return {one.check for one in audit(evidence(folder), fingerprint) if one.verdict == "fails"}


def poster(folder: Path) -> str:
    return manifests.fingerprint((folder / "manifest.json").read_bytes())


def test_an_honest_poll_passes_every_check_that_can_be_made(folder: Path) -> None:
    findings = audit(evidence(folder), poster(folder).lower())
    assert {one.verdict for one in findings if one.check != "acknowledgements"} == {"holds"}
    assert {one.check for one in audit(evidence(folder)) if one.verdict == "not_checked"} == {
        "poster",
        "acknowledgements",
    }


def altered_answer(folder: Path) -> None:
    in_box(
        folder,
        "UPDATE ballot SET answers = CAST(answers || ' ' AS BLOB) WHERE nonce_hash = (SELECT min(nonce_hash) FROM ballot)",
    )


def altered_answer_with_its_receipt(folder: Path) -> None:
    with closing(sqlite3.connect(next(folder.glob("*.box")))) as box, box:
        key, opener = box.execute("SELECT nonce_hash, opener FROM ballot LIMIT 1").fetchone()
        made = receipt(key, commitment(opener, b"[1]"))
        box.execute("UPDATE ballot SET answers = ?, receipt = ? WHERE nonce_hash = ?", (b"[1]", made, key))


def deleted_row(folder: Path) -> None:
    in_box(folder, "DELETE FROM ballot WHERE nonce_hash = (SELECT max(nonce_hash) FROM ballot)")


def altered_comment(folder: Path) -> None:
    in_box(folder, "UPDATE comment SET text = text || '！'")


def stuffed_ballot(folder: Path) -> None:
    """With a receipt of its own, but after the count was published."""
    key, opener = b"k" * 32, b"o" * 32
    with closing(sqlite3.connect(next(folder.glob("*.box")))) as box, box:
        row = (key, "b01", b"[1]", opener, receipt(key, commitment(opener, b"[1]")))
        box.execute("INSERT INTO ballot (nonce_hash, unit_id, answers, opener, receipt) VALUES (?, ?, ?, ?, ?)", row)


def swapped_keys(folder: Path) -> None:
    """The slot's manifest with another acknowledgement key, all else as it was."""
    rewrite(folder, "slot.json", ack_key=to_base64url(b"a" * 32))


def changed_list(folder: Path) -> None:
    lines = (folder / "receipts.txt").read_bytes().splitlines(keepends=True)
    (folder / "receipts.txt").write_bytes(b"".join([*lines[1:], b"b02 " + b"A" * 43 + b"\n"]))


def changed_root(folder: Path) -> None:
    rewrite(folder, "seal.json", root=to_base64url(H(b"another")))


def more_tickets_than_members(folder: Path) -> None:
    units = json.loads((folder / "seal.json").read_bytes())["units"]
    units[0]["issued"] = units[0]["roster"] + 1
    for name in ("board.json", "seal.json"):
        rewrite(folder, name, units=units)


def hidden_issued(folder: Path) -> None:
    """What is not told cannot be exceeded."""
    units = json.loads((folder / "seal.json").read_bytes())["units"]
    units[0]["issued"] = None
    for name in ("board.json", "seal.json"):
        rewrite(folder, name, units=units)


def manifests_taken_away(folder: Path) -> None:
    for name in ("manifest.json", "slot.json"):
        (folder / name).unlink()
    for name in ("board.json", "seal.json"):
        rewrite(folder, name, slot=None, fingerprint=None)


def another_way(folder: Path) -> None:
    in_box(folder, "UPDATE poll SET way = 'open'")


def one_ballot_twice(folder: Path) -> None:
    """In a box without its keys; of b02 everybody with a ticket answered, so one ballot is dropped for it."""
    in_box(
        folder,
        "CREATE TABLE plain AS SELECT * FROM ballot",
        "DROP TABLE ballot",
        "ALTER TABLE plain RENAME TO ballot",
        "DELETE FROM ballot WHERE nonce_hash = (SELECT min(nonce_hash) FROM ballot WHERE unit_id = 'b02')",
        "INSERT INTO ballot SELECT * FROM ballot WHERE unit_id = 'b02' LIMIT 1",
    )
    rewrite_list(folder)


def rewrite_list(folder: Path) -> None:
    """Everything published made to fit the box again, as whoever publishes it can."""
    with closing(sqlite3.connect(next(folder.glob("*.box")))) as box:
        rows = sorted(box.execute("SELECT unit_id, receipt FROM ballot"))
    (folder / "receipts.txt").write_text("".join(f"{unit} {to_base64url(one)}\n" for unit, one in rows))
    sha256 = hashlib.sha256(next(folder.glob("*.box")).read_bytes()).hexdigest()
    rewrite(folder, "seal.json", box_sha256=sha256, root=to_base64url(merkle.root([one for _, one in rows])))


def other_questionnaire(folder: Path) -> None:
    in_box(folder, "UPDATE poll SET document = CAST(document || ' ' AS BLOB)")


@pytest.mark.parametrize(
    ("cheat", "seen_by"),
    [
        (altered_answer, {"answers", "box"}),
        (altered_answer_with_its_receipt, {"receipts", "root", "box"}),
        (deleted_row, {"box_counts", "receipts", "root", "counts", "box"}),
        (altered_comment, {"comments", "box"}),
        (stuffed_ballot, {"box_counts", "receipts", "root", "counts", "box"}),
        (swapped_keys, {"manifest"}),
        (changed_list, {"receipts"}),
        (changed_root, {"root"}),
        (more_tickets_than_members, {"counts"}),
        (other_questionnaire, {"manifest", "box"}),
        (hidden_issued, {"counts"}),
        (manifests_taken_away, {"manifest", "comments"}),
        (another_way, {"manifest", "box"}),
        (one_ballot_twice, {"box_counts"}),
    ],
)
def test_every_cheat_is_found_by_its_own_checks(folder: Path, cheat: Callable[[Path], None], seen_by: set[str]) -> None:
    cheat(folder)
    assert failing(folder) == seen_by


def test_manifests_taken_away_with_the_word_ticket_are_seen_by_the_poster(folder: Path) -> None:
    before = poster(folder)
    manifests_taken_away(folder)
    another_way(folder)
    assert "poster" in failing(folder, before)


def test_a_ballot_stuffed_before_sealing_shows_where_everybody_with_a_ticket_answered(
    stores: Stores, tmp_path: Path
) -> None:
    """The operator signs a ticket himself: he holds the keys. The box, the list and the root agree, the count does not."""
    ticket_poll(stores)
    tickets = [a_ticket(stores, f"b01-{n:03}") for n in range(6)]
    for ticket in tickets:
        cast_ballot(stores.ballot_box, by_ticket(ticket), DAY)
    with stores.registry.begin() as connection:  # what only he can do: a ticket that nobody is written down for
        connection.exec_driver_sql("DELETE FROM issuance WHERE staff_number = 'b01-000'")
    close_poll(stores, "poll-1", OFFICER)
    seal_poll(stores, tmp_path, "poll-1", officer_name=OFFICER)
    folder = board_of(stores, tmp_path, "poll-1")
    assert failing(folder) == {"counts"}


def test_a_manifest_swapped_everywhere_is_seen_by_the_poster_alone(folder: Path) -> None:
    """Whoever changes all files at once is still betrayed by what hangs on the wall."""
    on_the_wall = poster(folder)
    rewrite(folder, "manifest.json", title="另一个")
    for name in ("board.json", "seal.json"):
        rewrite(folder, name, fingerprint=poster(folder))
    assert failing(folder) == set()
    assert failing(folder, on_the_wall) == {"poster"}


def test_an_acknowledged_ballot_that_is_missing_is_proof_of_fraud(stores: Stores, tmp_path: Path) -> None:
    ticket_poll(stores)
    given = [cast_ballot(stores.ballot_box, by_ticket(a_ticket(stores, f"b01-{n:03}")), DAY) for n in range(6)]
    with stores.ballot_box.begin() as connection:
        connection.exec_driver_sql(
            "DELETE FROM ballot WHERE nonce_hash = (SELECT nonce_hash FROM ballot ORDER BY nonce_hash LIMIT 1)"
        )
    close_poll(stores, "poll-1", OFFICER)
    seal_poll(stores, tmp_path, "poll-1", officer_name=OFFICER)
    found = evidence(board_of(stores, tmp_path, "poll-1"))
    kept = [(one.receipt, one.ack or b"") for one in given]
    assert [one.check for one in audit(found, "", kept) if one.verdict == "fails"] == ["acknowledgements"]
    lying = [(one.receipt[::-1], one.ack or b"") for one in given]
    assert "fails" not in {one.verdict for one in audit(found, "", lying)}


def test_slip_and_open_polls_are_audited_without_manifests(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores, "anybody")
    for _ in range(6):
        cast_ballot(stores.ballot_box, submission(poll_id="anybody"), DAY)
    close_poll(stores, "anybody", OFFICER)
    seal_poll(stores, tmp_path, "anybody", officer_name=OFFICER)
    folder = board_of(stores, tmp_path, "anybody")
    assert failing(folder) == set()


def test_the_command_needs_no_service(folder: Path, tmp_path: Path) -> None:
    """Its own process, without Flask, SQLAlchemy or anything of the service but the protocol."""
    program = (
        "import sys; sys.argv = sys.argv[1:]; import runpy\n"
        "try: runpy.run_module('survey_app.ballots.audit', run_name='__main__')\n"
        "finally: print(sorted({'flask', 'sqlalchemy', 'numpy', 'survey_app.store', 'survey_app.services'} & set(sys.modules)))"
    )
    away = shutil.copytree(folder, tmp_path / "away")
    command = [sys.executable, "-c", program, "audit", str(away), "--fingerprint", poster(folder), "--language", "en"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    *said, modules = ran.stdout.splitlines()
    assert modules == "[]"
    assert said[-1] == "Everything that could be checked holds."
    assert [line for line in said if "[holds]" in line and "13 ballots" in line]


def test_the_command_tells_faults_by_its_exit_code(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    altered_answer(folder)
    assert main([str(folder)]) == 1
    assert "[不符] 1 份答卷与自己的回执不符" in capsys.readouterr().out
    (folder / "receipts.txt").unlink()
    assert main([str(folder), "--language", "en"]) == 2
    assert capsys.readouterr().err == "missing or none of its kind: receipts.txt\n"


@pytest.mark.parametrize(
    "name", ["board.json", "seal.json", "receipts.txt", "manifest.json", "slot.json", "poll-1.box"]
)
@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"[]", b"{}", b"null", b'{"units":[{"units":[[]],"roster":"x"}]}', b"[" * 100_000]
)
def test_a_hostile_file_fails_a_check_or_is_refused_by_its_name(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    assert refused(folder) == name or failing(folder)


def refused(folder: Path) -> str:
    try:
        evidence(folder)
    except Unreadable as fault:
        return str(fault)
    return ""


def test_the_service_audits_its_own_poll_and_writes_down_that_it_did(stores: Stores, tmp_path: Path) -> None:
    an_honest_poll(stores, tmp_path)
    findings = audit_poll(stores, tmp_path, "poll-1", LAST, OFFICER)
    assert {one.verdict for one in findings} == {"holds", "not_checked"}
    assert {"registry", "keys"} <= {one.check for one in findings if one.verdict == "holds"}
    assert [entry.action for entry in auditing.entries(stores, limit=1)] == ["audit_poll"]


def test_the_service_finds_a_registry_and_a_box_that_disagree(stores: Stores, tmp_path: Path) -> None:
    an_honest_poll(stores, tmp_path)
    with stores.registry.begin() as connection:
        connection.exec_driver_sql("UPDATE poll_unit SET n_responding = n_responding - 1 WHERE unit_id = 'b01'")
        connection.exec_driver_sql("UPDATE issuance SET blinded_hash = key_id WHERE staff_number = 'b01-000'")
    assert failed(stores, tmp_path) == ["registry", "keys"]
    in_box(box_path(tmp_path, "poll-1").parent, "DELETE FROM comment")
    assert {"box_counts", "registry"} <= set(failed(stores, tmp_path))


def failed(stores: Stores, instance: Path) -> list[str]:
    return [one.check for one in audit_poll(stores, instance, "poll-1", LAST, OFFICER) if one.verdict == "fails"]
