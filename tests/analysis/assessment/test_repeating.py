"""An auditor with the sealed boxes gets every result again, byte for byte, without the service."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.__main__ import main
from analysis.assessment import Records, UnitRecords, Veto
from analysis.context import UnreadableContext, context_document, context_from, context_path
from analysis.disclosure.released import Released
from analysis.frame import UnreadableBox, sealed_poll
from survey_app.store.registry import Release
from tests.demo_instance import DemoInstance

TOP = Path(__file__).parents[3]
WAVES = ("2025", "2026")
POLLS = ("home-2025", "home-2026", "needs-2025", "needs-2026")


def boxes(demo: DemoInstance, polls: tuple[str, ...] = POLLS) -> list[str]:
    return [str(demo.folder / "sealed" / f"{poll}.box") for poll in polls]


@pytest.fixture(scope="module")
def repeated(demo_instance: DemoInstance, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one run of the command writes, in a process that never loads the service."""
    out = tmp_path_factory.mktemp("repeated")
    program = (
        "import sys; from analysis.__main__ import main; code = main(sys.argv[1:]);"
        "loaded = [name for name in ('flask', 'sqlalchemy', 'survey_app') if name in sys.modules];"
        "sys.exit(code or (str(loaded) if loaded else 0))"
    )
    arguments = [*boxes(demo_instance), "--out", str(out)]
    subprocess.run([sys.executable, "-c", program, *arguments], cwd=TOP, check=True, capture_output=True)
    return out


def test_released_documents_are_those_of_the_service(repeated: Path, demo_instance: DemoInstance) -> None:
    with demo_instance.open() as stores, Session(stores.registry) as session:
        stored = {row.poll_id: row.document for row in session.execute(select(Release.poll_id, Release.document))}
    for poll in POLLS:
        assert (repeated / f"{poll}.released.json").read_bytes() == bytes(stored[poll])


def test_a_second_run_writes_the_same_bytes(repeated: Path, demo_instance: DemoInstance, tmp_path: Path) -> None:
    context = tmp_path / "context.json"
    context.write_bytes(context_document())
    arguments = [*reversed(boxes(demo_instance)), "--context", str(context), "--out", str(tmp_path / "again")]
    assert main(arguments) == 0
    for written in repeated.iterdir():
        assert (tmp_path / "again" / written.name).read_bytes() == written.read_bytes(), written.name


def test_frames_stand_for_their_boxes_bit_for_bit(repeated: Path, demo_instance: DemoInstance, tmp_path: Path) -> None:
    frames = [str(tmp_path / f"{poll}.npz") for poll in POLLS]
    for box, frame in zip(boxes(demo_instance), frames, strict=True):
        assert main([box, "--frame", frame]) == 0
    assert main([*reversed(frames), "--out", str(tmp_path / "again")]) == 0
    for written in repeated.iterdir():
        assert (tmp_path / "again" / written.name).read_bytes() == written.read_bytes(), written.name


def test_a_frame_holds_no_key_no_opener_no_receipt_and_no_comment(demo_instance: DemoInstance, tmp_path: Path) -> None:
    (path,) = boxes(demo_instance, ("needs-2026",))
    assert main([path, "--frame", str(tmp_path / "F.npz")]) == 0
    data = (tmp_path / "F.npz").read_bytes()
    with closing(sqlite3.connect(path)) as box:
        ballots = box.execute("SELECT nonce_hash, opener, receipt FROM ballot").fetchall()
        comments = box.execute("SELECT receipt, opener, text FROM comment").fetchall()
    secrets = [each for row in ballots for each in row] + [each for row in comments for each in row[:2]]
    assert not [each for each in secrets if each in data or each.hex().encode() in data]
    assert not [text for *_, text in comments if len(text) > 12 and text.encode() in data]


def test_the_context_beside_the_box_is_found_and_must_be_that_of_the_box(
    demo_instance: DemoInstance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = map(Path, boxes(demo_instance, ("home-2026",)))
    box = Path(shutil.copy(path, tmp_path / path.name))
    context = Path(shutil.copy(context_path(path), context_path(box)))
    assert main([str(box), "--out", str(tmp_path / "out")]) == 0
    context.write_bytes(context.read_bytes().replace(b'"smallest_difference":2.5', b'"smallest_difference":1.5'))
    assert main([str(box), "--out", str(tmp_path / "out")]) == 1
    assert "another scheme than was frozen with the poll" in capsys.readouterr().err


def test_needs_and_words_of_the_wave_hold_units_only_as_the_release_shows_them(repeated: Path) -> None:
    released = Released.from_json((repeated / "needs-2026.released.json").read_bytes())
    needs = json.loads((repeated / "needs-2026.json").read_bytes())
    assert [needs["needs_poll"], needs["services_poll"]] == ["needs-2026", "home-2026"]
    assert [row["row"] for row in needs["rows"]] == [unit.id for unit in released.units if unit.shown]
    for row in needs["rows"]:
        for need in row["needs"]:
            figure = released.item_figure(row["row"], f"a01.{need['id']}")
            assert (need["prevalence"]["value"] is None) == (figure.withheld is not None or figure.coarse)
    for poll in json.loads((repeated / "words-2026.json").read_bytes())["polls"]:
        told = Released.from_json((repeated / f"{poll['poll']}.released.json").read_bytes())
        for row in poll["rows"]:
            assert row["words"]["base"] == told.comment_count(row["row"], row["item"]).n
            assert all(word["n_respondents"] >= 10 for word in row["words"]["words"])


def test_the_planted_needs_lead(repeated: Path) -> None:
    needs = json.loads((repeated / "needs-2026.json").read_bytes())
    first = {each["bar"]: each["sure"] + each["open"] for each in needs["leading"]}
    assert {"workload", "promotion"} <= set(first["prevalence"]) & set(first["first_minus_last"])
    everybody = needs["rows"][0]
    shares = {each["id"]: each["share"] for each in everybody["worths"]["needs"]}
    assert sum(shares.values()) == pytest.approx(100, abs=1e-3)
    assert max(shares, key=shares.get) in first["first_minus_last"]
    assert {each["verdict"] for each in everybody["match"]["rows"]} >= {"no_service", "not_distinguishable"}
    assert len(needs["priorities"]["criteria"]) == 6


def test_the_sums_are_those_of_the_files(repeated: Path) -> None:
    lines = (repeated / "SHA256SUMS").read_text("utf-8").splitlines()
    assert len(lines) == len(POLLS) + len(("needs", "words")) * len(WAVES) + len(
        ("assessment", "its release", "zh", "en")
    )
    for line in lines:
        sha256, _, name = line.partition("  ")
        assert hashlib.sha256((repeated / name).read_bytes()).hexdigest() == sha256


def test_the_assessment_from_the_boxes_finds_what_was_planted(repeated: Path) -> None:
    found = json.loads((repeated / "assessment-2026.json").read_bytes())
    labels = {unit["unit"]: unit["change"]["label"] for unit in found["units"]}
    assert found["wave_before"] == "2025"
    assert labels["b07"] == "improved"
    assert labels["b12"] == "worsened"


def test_the_method_is_told_in_both_languages_with_the_questions_themselves(repeated: Path) -> None:
    chinese = (repeated / "method.zh.md").read_text("utf-8")
    english = (repeated / "method.en.md").read_text("utf-8")
    assert "组织健全" in chinese
    assert "委员由会员选举产生" in chinese
    assert "Organisation sound" in english
    assert chinese.count("\n## ") == english.count("\n## ")


def test_one_box_of_another_poll_gives_its_release_alone(demo_instance: DemoInstance, tmp_path: Path) -> None:
    assert main([*boxes(demo_instance, ("needs-2026",)), "--out", str(tmp_path)]) == 0
    assert not list(tmp_path.glob("assessment-*"))
    assert (tmp_path / "needs-2026.released.json").exists()


def test_what_is_no_box_is_refused_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.box").write_text("not a box", "utf-8")
    assert main([str(tmp_path / "note.box"), "--out", str(tmp_path / "out")]) == 1
    assert "is no sealed box" in capsys.readouterr().err
    assert main([str(tmp_path / "absent.box"), "--out", str(tmp_path / "out")]) == 1


def test_the_same_poll_twice_is_refused(
    demo_instance: DemoInstance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = boxes(demo_instance, ("home-2026",))
    copy = tmp_path / "copy.box"
    copy.write_bytes(Path(path).read_bytes())
    assert main([path, str(copy), "--out", str(tmp_path / "out")]) == 1
    assert "both of the poll home-2026" in capsys.readouterr().err


def test_a_box_whose_questionnaire_was_changed_is_refused(demo_instance: DemoInstance, tmp_path: Path) -> None:
    (path,) = boxes(demo_instance, ("home-2026",))
    changed = tmp_path / "changed.box"
    changed.write_bytes(Path(path).read_bytes().replace(b"staff_home_annual", b"staff_home_annuaL", 1))
    with pytest.raises(UnreadableBox, match=r"fingerprint|no sealed box"):
        sealed_poll(changed)


def test_records_and_another_scoring_come_from_the_context() -> None:
    records = Records({"b01": UnitRecords(evidence=80.0, vetoes=(Veto("没有按期换届", "2026-10-01"),))})
    context = context_from(context_document(records=records, wave="2026"))
    assert context.records == records
    assert context.wave == "2026"


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"[]",
        b'{"format":"other"}',
        b'{"format":"survey_app.context/1","surprise":1}',
        b'{"format":"survey_app.context/1","method":{"seed":"x"}}',
        b'{"format":"survey_app.context/1","method":{"no_such":1}}',
        b'{"format":"survey_app.context/1","scoring":{"version":1}}',
        b'{"format":"survey_app.context/1","records":{"b01":{"evidence":500}}}',
        b'{"format":"survey_app.context/1","records":{"b01":{"votes":1}}}',
        b'{"format":"survey_app.context/1","records":[]}',
    ],
)
def test_a_faulty_context_is_refused(written: bytes) -> None:
    with pytest.raises(UnreadableContext):
        context_from(written)
