"""Taking over lists: whole or not at all; on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.services import registering, signing_in
from survey_app.services.register import uploads
from survey_app.services.registering import FaultyList
from survey_app.store.engines import Stores
from survey_app.store.registry import AuditEntry, RosterMember

UNITS = "编号,名称,类型,人数,教师,管理\nB01,数学院,学院,30,20,10\nB02,机关,机关,12,,\n".encode()
ROSTER = "工号,姓名,单位,岗位类别\n1,张宁,数学院,教师\n2,李梅,B02,\n".encode()


def test_units_are_taken_over_with_head_counts_and_a_line_in_the_record(stores: Stores) -> None:
    registering.import_units(stores, UNITS, "zhoumin")
    first, second = registering.branches(stores)
    assert (first.id, first.members, first.head_counts) == ("B01", 30, {"teacher": 20, "admin": 10})
    assert (second.unit_type, second.head_counts) == ("administrative", {})
    with Session(stores.registry) as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.officer_name, entry.action, entry.object_) == ("zhoumin", "import_units", "2")


def test_one_faulty_row_keeps_the_whole_list_out(stores: Stores) -> None:
    with pytest.raises(FaultyList):
        registering.import_units(stores, UNITS + "B03,外语院,学院,很多,,\n".encode(), "zhoumin")
    assert registering.branches(stores) == ()


def test_a_second_list_is_compared_with_the_first(stores: Stores) -> None:
    registering.import_units(stores, UNITS, "zhoumin")
    later = "编号,名称,类型,人数\nB01,数学院,学院,31\nB03,外语院,学院,40\n".encode()
    preview = registering.preview_units(stores, later)
    assert [unit.branch_id for unit in preview.new] == ["B03"]
    assert [unit.branch_id for unit in preview.changed] == ["B01"]
    assert [branch.id for branch in preview.absent] == ["B02"]
    assert registering.preview_units(stores, UNITS).unchanged == registering.preview_units(stores, UNITS).list.units


def test_a_list_without_english_names_or_head_counts_leaves_those_that_are_known(stores: Stores) -> None:
    registering.import_units(
        stores, "编号,名称,英文名,类型,人数,教师\nB01,数学院,Mathematics,学院,30,30\n".encode(), "zhoumin"
    )
    plain = "编号,名称,类型,人数\nB01,数学院,学院,30\n".encode()
    assert registering.preview_units(stores, plain).changed == ()
    registering.import_units(stores, plain, "zhoumin")
    (branch,) = registering.branches(stores)
    assert (branch.name_en, branch.head_counts) == ("Mathematics", {"teacher": 30})


def test_absent_units_stay_unless_they_are_to_go_and_one_with_an_officer_stays_anyway(stores: Stores) -> None:
    registering.import_units(stores, UNITS + "B03,外语院,学院,40,,\n".encode(), "zhoumin")
    registering.import_roster(stores, ROSTER, "zhoumin")
    signing_in.add_officer(stores, "x", "X", "branch_officer", "long enough", branch_id="B02")
    only = "编号,名称,类型,人数\nB03,外语院,学院,40\n".encode()
    registering.import_units(stores, only, "zhoumin")
    assert len(registering.branches(stores)) == 3
    registering.import_units(stores, only, "zhoumin", remove_absent=True)
    assert [branch.id for branch in registering.branches(stores)] == ["B02", "B03"]


def test_a_roster_replaces_the_one_before_and_can_be_deleted(stores: Stores) -> None:
    registering.import_units(stores, UNITS, "zhoumin")
    registering.import_roster(stores, ROSTER, "zhoumin")
    registering.import_roster(stores, "工号,姓名,单位\n3,王芳,B01\n".encode(), "zhoumin")
    with Session(stores.registry) as session:
        assert session.scalars(select(RosterMember.name)).all() == ["王芳"]
    assert registering.branches(stores)[0].in_roster == 1
    registering.remove_roster(stores, "zhoumin")
    assert sum(branch.in_roster for branch in registering.branches(stores)) == 0


def test_a_roster_preview_names_units_whose_numbers_differ(stores: Stores) -> None:
    registering.import_units(stores, UNITS, "zhoumin")
    differing = registering.preview_roster(stores, ROSTER).differing
    assert [(branch.id, count) for branch, count in differing] == [("B01", 1), ("B02", 1)]


def test_an_upload_waits_under_a_token_and_is_wiped(tmp_path: Path) -> None:
    token = uploads.keep(tmp_path, b"names")
    assert uploads.kept(tmp_path, token) == b"names"
    assert oct((tmp_path / "uploads" / token).stat().st_mode)[-3:] == "600"
    uploads.wipe(tmp_path, token)
    with pytest.raises(uploads.NoSuchUpload):
        uploads.kept(tmp_path, token)


def test_an_upload_is_wiped_after_an_hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = uploads.keep(tmp_path, b"names")
    later = (tmp_path / "uploads" / token).stat().st_mtime + uploads.KEPT_SECONDS + 1
    monkeypatch.setattr(uploads.time, "time", lambda: later)
    with pytest.raises(uploads.NoSuchUpload):
        uploads.kept(tmp_path, token)
    assert list((tmp_path / "uploads").iterdir()) == []


@pytest.mark.parametrize("token", ["", "../registry.db", "x" * 43 + "/..", "." * 43])
def test_a_token_never_leads_out_of_the_folder(tmp_path: Path, token: str) -> None:
    (tmp_path / "registry.db").write_bytes(b"people")
    with pytest.raises(uploads.NoSuchUpload):
        uploads.kept(tmp_path, token)
    uploads.wipe(tmp_path, token)
    assert (tmp_path / "registry.db").exists()
