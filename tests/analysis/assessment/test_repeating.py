"""An auditor with the sealed boxes gets every result again, byte for byte, without the service."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.__main__ import main
from analysis.assessment import Records, UnitRecords, Veto
from analysis.context import UnreadableContext, context_document, context_from
from analysis.frame import UnreadableBox, sealed_poll
from survey_app.store.registry import Release
from tests.demo_instance import DemoInstance

TOP = Path(__file__).parents[3]
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


def test_the_sums_are_those_of_the_files(repeated: Path) -> None:
    lines = (repeated / "SHA256SUMS").read_text("utf-8").splitlines()
    assert len(lines) == len(POLLS) + 3
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
