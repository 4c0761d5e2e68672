"""The context beside a sealed box: enough to repeat a release, the same bytes again, and no word about any ballot."""

import copy
import json
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.assessment import Method
from analysis.context import UnreadableContext, context_from, context_of, context_path, poll_context, scheme_of
from analysis.frame import library_scoring, poll_of, scoring_document
from questionnaires.library import load
from questionnaires.versions import publish_variant
from survey_app.services import reporting, sealing
from survey_app.services.casting import cast_ballot
from survey_app.services.designing import freeze_poll
from survey_app.services.sealed_context import write_context
from survey_app.store.engines import Stores
from tests.databases import MakeStores
from tests.small_polls import DAY, FIRST, OFFICER, add_branches, comment, draft, open_poll, submission


def sealed(stores: Stores, folder: Path, poll_id: str = "poll-1", ballots: int = 9) -> Path:
    for _ in range(ballots):
        cast_ballot(stores.ballot_box, submission("b01", poll_id=poll_id, comments=(comment(),)), DAY)
    sealing.close_poll(stores, poll_id, OFFICER)
    return sealing.seal_poll(stores, folder, poll_id).path


def test_sealing_writes_what_repeats_the_release(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    box = sealed(stores, tmp_path)
    told = json.loads(context_path(box).read_bytes())
    assert set(told) == {"format", "poll", "units", "scoring", "method", "earlier"}
    assert told["poll"]["fingerprint"] == poll_of(box).fingerprint
    assert [(unit["id"], unit["n_eligible"]) for unit in told["units"]] == [("b01", 100), ("b02", 20)]
    assert context_of(poll_of(box)).scheme == scheme_of(poll_of(box))
    assert (scheme_of(poll_of(box)).scoring, scheme_of(poll_of(box)).method) == (library_scoring(), Method())
    assert oct(context_path(box).stat().st_mode & 0o777) == "0o600"


def test_the_same_poll_gives_the_same_context_and_no_ballot_changes_it(make_stores: MakeStores, tmp_path: Path) -> None:
    written = []
    for name, ballots in (("one", 3), ("two", 30)):
        stores = make_stores("sqlite")
        open_poll(stores)
        written.append(context_path(sealed(stores, tmp_path / name, ballots=ballots)).read_bytes())
    assert written[0] == written[1]


def test_a_context_is_written_once_and_again_where_it_was_lost(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    path = context_path(sealed(stores, tmp_path))
    first, seen = path.read_bytes(), path.stat().st_mtime_ns
    sealing.seal_poll(stores, tmp_path, "poll-1")
    assert path.stat().st_mtime_ns == seen
    path.unlink()
    sealing.seal_poll(stores, tmp_path, "poll-1")
    assert path.read_bytes() == first


def test_officers_at_once_write_one_context(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    box = sealed(stores, tmp_path)
    expected = context_path(box).read_bytes()
    context_path(box).unlink()
    start, found = threading.Barrier(4), []

    def press() -> None:
        start.wait()
        found.append(write_context(stores, box).read_bytes())

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
    assert sorted(path.name for path in box.parent.iterdir()) == ["poll-1.box", "poll-1.context.json"]


def test_the_release_before_comes_with_its_document(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    sealed(stores, tmp_path)
    before = reporting.release_poll(stores, tmp_path, "poll-1", OFFICER).to_json()
    open_poll(stores, "poll-2")
    context = context_from(context_path(sealed(stores, tmp_path, "poll-2")).read_bytes())
    assert [(each.poll_id, each.document) for each in context.earlier] == [("poll-1", before)]
    assert not context_from(context_path(sealing.box_path(tmp_path, "poll-1")).read_bytes()).earlier


def test_another_polls_or_a_changed_context_is_refused(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    open_poll(stores, "poll-2")
    one, two = sealed(stores, tmp_path), sealed(stores, tmp_path, "poll-2")
    own = context_path(one).read_bytes()
    shutil.copy(context_path(two), context_path(one))
    with pytest.raises(UnreadableContext, match="that of the poll poll-2"):
        context_of(poll_of(one))
    context_path(one).write_bytes(own.replace(b'"smallest_difference":2.5', b'"smallest_difference":9.5'))
    with pytest.raises(UnreadableContext, match="another scheme"):
        context_of(poll_of(one))


def test_the_scheme_is_that_of_the_day_of_freezing(
    make_stores: MakeStores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores = make_stores("sqlite")
    add_branches(stores)
    older_document = copy.deepcopy(scoring_document())
    older_document["criteria"]["org_sound"]["weight"] = 0.25
    with monkeypatch.context() as older:
        older.setattr("analysis.context.Method", lambda: replace(Method(), smallest_difference=4.0))
        older.setattr("analysis.context.scoring_document", lambda: older_document)
        questionnaire = publish_variant(load("staff_home_annual"))
        freeze_poll(stores, draft(stores, questionnaire=questionnaire), OFFICER, FIRST)
    box = sealed(stores, tmp_path, ballots=0)
    assert json.loads(context_path(box).read_bytes())["method"]["smallest_difference"] == 4.0
    assert scheme_of(poll_of(box)).method.smallest_difference == 4.0
    released = reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)
    assert [each.weight for each in released.criteria_list if each.id == "org_sound"] == [0.25]


def test_a_box_from_before_schemes_were_kept_is_read_by_the_library(make_stores: MakeStores, tmp_path: Path) -> None:
    stores = make_stores("sqlite")
    open_poll(stores)
    older = replace(poll_of(sealed(stores, tmp_path)), scheme=None)
    assert scheme_of(older).scoring == library_scoring()
    assert json.loads(poll_context(older, ()))["scoring"] == scoring_document()
    assert context_of(replace(older, path=tmp_path / "alone.box")).scheme is None
