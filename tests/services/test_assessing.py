"""The yearly assessment: worked out once from the sealed boxes and the records, and the same for whoever asks."""

import hashlib
import threading
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from analysis.context import context_from
from analysis.releasing_assessment import released_assessment_of
from analysis.repeating import sealed_polls
from survey_app.services import assessing, assessment_waves, auditing, recording, sealing
from survey_app.services.errors import NoSuchWave, NotAssessable
from survey_app.services.recording import UnitEntry
from survey_app.store.engines import Stores
from survey_app.store.registry import AssessmentRelease, Poll
from tests.small_university import SmallUniversity

OFFICER = "zhoumin"


@pytest.fixture
def stores(small_university: SmallUniversity) -> Stores:
    return small_university.stores


@pytest.fixture
def folder(small_university: SmallUniversity) -> Path:
    return small_university.folder


def test_a_year_is_assessed_once_recorded_repeated_without_the_service_and_then_fixed(
    stores: Stores, folder: Path
) -> None:
    assert assessing.assessed_waves(stores) == ()
    with pytest.raises(NoSuchWave):
        assessing.released_assessment(stores, "2026")
    recording.enter_records(stores, "2026", "b14", UnitEntry(80, 12, 6), OFFICER)
    recording.enter_veto(stores, "2026", "b20", " 未按期\n换届 ", date(2026, 11, 20), OFFICER)
    released = assessing.release_assessment(stores, folder, "2026", OFFICER)
    assert released == assessing.released_assessment(stores, "2026")
    assert (released.wave, released.wave_before) == ("2026", "2025")
    assert {poll.poll_id for poll in released.polls} == {"home-2025", "needs-2025", "home-2026", "needs-2026"}
    assert released.unit("b14").evidence.value == 80
    assert released.unit("b14").total.value != released.unit("b14").voice.value
    assert released.unit("b20").vetoes[0].reason == "未按期 换届"
    assert released.unit("b20").band == "below_qualified"
    (wave,) = assessing.assessed_waves(stores)
    assert (wave.wave, wave.sha256) == ("2026", hashlib.sha256(released.to_json()).hexdigest())

    context = context_from(assessing.released_context(stores, "2026"))
    again = released_assessment_of(sealed_polls((folder / "sealed").glob("*.box")), context)
    assert again.to_json() == released.to_json()

    with pytest.raises(NotAssessable):
        recording.enter_records(stores, "2026", "b14", UnitEntry(90), OFFICER)
    with pytest.raises(NotAssessable):
        recording.enter_veto(stores, "2026", "b14", "迟了", date(2026, 11, 21), OFFICER)
    sealing.box_path(folder, "home-2026").unlink()
    assert assessing.release_assessment(stores, folder, "2026", "li") == released
    acts = [(each.action, each.object_) for each in auditing.entries(stores)]
    assert acts[:3] == [("release_assessment", "2026"), ("enter_veto", "2026/b20"), ("enter_records", "2026/b14")]

    with stores.registry.begin() as connection:
        connection.execute(update(AssessmentRelease).values(sha256="0" * 64))
    with pytest.raises(ValueError, match="not the one that was released"):
        assessing.released_assessment(stores, "2026")


def test_four_officers_at_once_store_one_assessment(stores: Stores, folder: Path) -> None:
    start, got, faults = threading.Barrier(4), [], []

    def press() -> None:
        start.wait()
        try:
            got.append(assessing.release_assessment(stores, folder, "2026", OFFICER))
        except Exception as fault:  # noqa: BLE001 - the test shows it
            faults.append(fault)

    officers = [threading.Thread(target=press) for _ in range(4)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    assert faults == []
    assert len(got) == 4
    assert len({each.to_json() for each in got}) == 1
    with Session(stores.registry) as session:
        assert session.scalar(select(func.count()).select_from(AssessmentRelease)) == 1
    made = [entry for entry in auditing.entries(stores) if entry.action == "release_assessment"]
    assert len([entry for entry in made if entry.object_ == "2026"]) == 2  # the demo's own, then this one


def test_records_entered_while_it_is_worked_out_are_in_what_is_stored(
    stores: Stores, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out, times = assessing._worked_out, []

    def meanwhile(*arguments: object) -> tuple[bytes, bytes]:
        found = worked_out(*arguments)
        if not times:
            recording.enter_records(stores, "2026", "b13", UnitEntry(evidence=70), OFFICER)
        times.append(1)
        return found

    monkeypatch.setattr(assessing, "_worked_out", meanwhile)
    released = assessing.release_assessment(stores, folder, "2026", OFFICER)
    assert len(times) == 2
    assert released.unit("b13").evidence.value == 70


def test_a_wave_that_cannot_be_assessed_is_refused_in_words(stores: Stores, folder: Path) -> None:
    with pytest.raises(NotAssessable, match="还没有封箱"):
        assessing.release_assessment(stores, folder, "2031", OFFICER)
    with stores.registry.begin() as connection:
        connection.execute(update(Poll).where(Poll.poll_id == "home-2026").values(state="closed"))
    assert not assessment_waves.assessable_wave(stores, "2026").ready
    with pytest.raises(NotAssessable, match="还没有封箱"):
        assessing.release_assessment(stores, folder, "2026", OFFICER)
    box = sealing.box_path(folder, "needs-2025")
    box.write_bytes(box.read_bytes() + b"\0")
    with pytest.raises(NotAssessable, match="已被改动"):
        assessing.release_assessment(stores, folder, "2025", OFFICER)
    assert assessing.assessed_waves(stores) == ()


def test_the_page_before_it_names_what_goes_in_what_waits_and_what_was_not_held(stores: Stores, folder: Path) -> None:
    now, before = assessment_waves.assessable_waves(stores)
    assert (now.wave, now.wave_before, before.wave_before) == ("2026", "2025", None)
    assert {poll.poll_id for poll in now.goes_in} == {"home-2026", "needs-2026"}
    needs = next(poll for poll in now.goes_in if poll.poll_id == "needs-2026")
    assert [name.zh for name in needs.feeds] == ["是否积极主动", "解决了多少困难", "群众是否满意"]
    assert len(now.missing) == 2  # after-service feedback and the opinion channel
    assert "b14" in dict(now.units)
    with stores.registry.begin() as connection:
        connection.execute(update(Poll).where(Poll.poll_id == "needs-2026").values(state="frozen"))
    (waiting,) = assessment_waves.assessable_wave(stores, "2026").waits
    assert waiting.poll_id == "needs-2026"


@pytest.mark.parametrize(
    "entry", [UnitEntry(evidence=101), UnitEntry(evidence=-1), UnitEntry(None, 3, 4), UnitEntry(None, 3, None)]
)
def test_records_that_cannot_be_are_refused_in_words(stores: Stores, entry: UnitEntry) -> None:
    with pytest.raises(NotAssessable) as refused:
        recording.enter_records(stores, "2026", "b14", entry, OFFICER)
    assert refused.value.sentences[0].en
    assert recording.entries_of(stores, "2026") == {}


def test_a_veto_can_be_taken_back_while_nothing_is_out(stores: Stores) -> None:
    recording.enter_veto(stores, "2026", "b14", "活动中弄虚作假", date(2026, 11, 20), OFFICER)
    (veto,) = recording.entries_of(stores, "2026")["b14"].vetoes
    recording.withdraw_veto(stores, "2026", veto.id, OFFICER)
    recording.withdraw_veto(stores, "2026", veto.id, OFFICER)
    assert recording.entries_of(stores, "2026") == {}
    assert [each.action for each in auditing.entries(stores, limit=2)] == ["withdraw_veto", "enter_veto"]
    with pytest.raises(NotAssessable):
        recording.enter_veto(stores, "2026", "b14", "  ", date(2026, 11, 20), OFFICER)
