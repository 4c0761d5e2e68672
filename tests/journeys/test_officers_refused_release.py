"""A poll of which nothing can be released safely: the officer reads why, nothing is stored, and the poll stays sealed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.__main__ import main
from questionnaires.library import load
from questionnaires.versions import publish_variant
from survey_app.commands import add_commands
from survey_app.services import sealing
from survey_app.services.designing import freeze_poll, poll_summary, reporting_units, suggested_merges
from survey_app.store.registry import AssessmentRelease, Release
from tests.officers_house import OfficersHouse, officers_house
from tests.small_polls import FIRST, OFFICER, draft

ZH = "定稿时承诺答的人不到 30 时只分三档，现在的系统只能做到 20，结果不能公布。"
EN = "three bands alone were promised for fewer than 30 answers"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfficersHouse]:
    """A sealed poll whose plan, frozen by another version, promises staff more than this version's gate can keep."""
    made = officers_house(tmp_path)
    add_commands(made.app)
    units = reporting_units(made.stores, suggested_merges(made.stores))
    questionnaire = publish_variant(load("staff_home_annual"))
    with monkeypatch.context() as stricter:
        stricter.setattr("analysis.disclosure.planning.FULL_BASE", 30)
        freeze_poll(made.stores, draft(made.stores, units=units, questionnaire=questionnaire), OFFICER, FIRST)
    sealing.close_poll(made.stores, "poll-1", OFFICER)
    sealing.seal_poll(made.stores, tmp_path, "poll-1")
    yield made
    made.close()


def nothing_is_stored(house: OfficersHouse) -> bool:
    with Session(house.stores.registry) as session:
        stored = [session.scalar(select(func.count()).select_from(table)) for table in (Release, AssessmentRelease)]
    return stored == [0, 0] and poll_summary(house.stores, "poll-1").stored_state == "sealed"


@pytest.mark.parametrize("address", ["/officers/polls/poll-1/release", "/officers/assessments/2026"])
def test_the_officer_reads_in_both_languages_why_nothing_is_published(house: OfficersHouse, address: str) -> None:
    for language, sentence in (("zh", ZH), ("en", EN)):
        page = house.desk("union", language).post(address)
        assert page.status_code == 422
        assert sentence in page.text
        assert nothing_is_stored(house)


@pytest.mark.parametrize("arguments", [("poll", "poll-1"), ("assessment", "2026")])
def test_the_command_prints_why_and_exits_with_1(house: OfficersHouse, arguments: tuple[str, str]) -> None:
    told = house.app.test_cli_runner().invoke(args=["release", *arguments])
    assert told.exit_code == 1
    assert EN in told.output
    assert nothing_is_stored(house)


def test_the_auditor_reads_the_same(house: OfficersHouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(sealing.box_path(house.folder, "poll-1")), "--out", str(house.folder / "again")]) == 1
    said = capsys.readouterr().err
    assert EN in said
    assert said.count("\n") == 1
    assert not (house.folder / "again").exists()
