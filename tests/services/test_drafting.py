"""Drafts: saved with a revision, never overwritten unseen, earlier states kept."""

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from survey_app.services import auditing, drafting
from survey_app.services.drafting import DraftChanged, NoSuchDraft, UnusableDocument
from survey_app.store.engines import Stores


def document(text: str = "您满意吗？", **more: Any) -> dict[str, Any]:
    return {"title_zh": "窗口回访", "sections": [{"id": "one", "items": [{"id": "q1", "zh": text}]}], **more}


def started(stores: Stores) -> str:
    return drafting.new_draft(stores, document(), "blank", "zhou")


def test_a_draft_is_kept_as_it_was_sent_faulty_or_not(stores: Stores) -> None:
    half_done = document("", title_en="Desk", minutes="?")
    found = drafting.draft(stores, drafting.new_draft(stores, half_done, "blank", "zhou"))
    assert found.document == half_done
    assert (found.summary.title.zh, found.summary.title.en) == ("窗口回访", "Desk")
    assert found.summary.revision == 1
    assert auditing.entries(stores)[0].action == "new_draft"


def test_each_saving_is_the_next_revision_and_the_same_again_is_none(stores: Stores) -> None:
    draft_id = started(stores)
    assert drafting.save_draft(stores, draft_id, 1, document("二"), "zhou").revision == 2
    assert drafting.save_draft(stores, draft_id, 1, document("二"), "zhou").revision == 2
    assert drafting.draft(stores, draft_id).document == document("二")


def test_work_on_an_older_revision_is_refused_and_nothing_is_written(stores: Stores) -> None:
    draft_id = started(stores)
    drafting.save_draft(stores, draft_id, 1, document("我的"), "zhou")
    with pytest.raises(DraftChanged) as refusal:
        drafting.save_draft(stores, draft_id, 1, document("你的"), "chen")
    assert refusal.value.theirs.document == document("我的")
    assert refusal.value.theirs.summary.changed_by == "zhou"
    assert drafting.draft(stores, draft_id).document == document("我的")


def test_what_is_written_over_stays_as_an_earlier_state(stores: Stores) -> None:
    draft_id = started(stores)
    drafting.save_draft(stores, draft_id, 1, document("我的"), "zhou")
    drafting.save_draft(stores, draft_id, 1, document("你的"), "chen", over_theirs=True)
    assert drafting.draft(stores, draft_id).document == document("你的")
    kept = drafting.earlier_states(stores, draft_id)
    assert [(each.revision, each.changed_by) for each in kept] == [(2, "zhou"), (1, "zhou")]
    assert drafting.earlier_state(stores, draft_id, 2).document == document("我的")


def test_the_many_savings_of_one_officer_are_not_all_kept(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    draft_id = started(stores)
    for number in range(1, 30):
        drafting.save_draft(stores, draft_id, number, document(str(number)), "zhou")
    assert [each.revision for each in drafting.earlier_states(stores, draft_id)] == [1]
    monkeypatch.setattr(drafting, "KEPT_EVERY", timedelta(0))
    for number in range(30, 100):
        drafting.save_draft(stores, draft_id, number, document(str(number)), "zhou")
    kept = [each.revision for each in drafting.earlier_states(stores, draft_id)]
    assert len(kept) == drafting.KEPT_REVISIONS
    assert kept[0] == 99


def test_of_many_officers_saving_at_once_exactly_one_is_first(stores: Stores) -> None:
    draft_id = started(stores)
    outcomes: list[str] = []

    def save(name: str) -> None:
        try:
            drafting.save_draft(stores, draft_id, 1, document(name), name)
            outcomes.append("saved")
        except DraftChanged:
            outcomes.append("refused")

    threads = [threading.Thread(target=save, args=(f"officer-{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 7 + ["saved"]


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"sections": {}},
        {"sections": ["x"]},
        {"sections": [{"items": {}}]},
        {"sections": [], "minutes": float("nan")},
        {"sections": [], "title_zh": "\ud800"},
        {"sections": [], "purpose_zh": "长" * 700_000},
    ],
)
def test_what_is_no_document_is_refused_in_a_sentence(stores: Stores, bad: dict[str, Any]) -> None:
    draft_id = started(stores)
    with pytest.raises(UnusableDocument) as refusal:
        drafting.save_draft(stores, draft_id, 1, bad, "zhou")
    assert refusal.value.sentences[0].en
    assert drafting.draft(stores, draft_id).summary.revision == 1


def test_a_title_with_a_zero_byte_is_listed_without_it(stores: Stores) -> None:
    found = drafting.draft(stores, drafting.new_draft(stores, document(title_zh="a\0b"), "blank", "zhou"))
    assert found.summary.title.zh == "ab"


def test_an_archived_draft_is_listed_last_and_comes_back(stores: Stores) -> None:
    first, second = started(stores), started(stores)
    drafting.set_archived(stores, second, "zhou", archived=True)
    assert [each.id for each in drafting.drafts(stores)] == [first, second]
    drafting.set_archived(stores, second, "zhou", archived=False)
    assert not drafting.draft(stores, second).summary.archived
    assert drafting.draft(stores, second).summary.changed_at > datetime(2020, 1, 1, tzinfo=UTC)


def test_a_draft_that_is_not_there_is_said_so(stores: Stores) -> None:
    for ask in (drafting.draft, drafting.earlier_states):
        with pytest.raises(NoSuchDraft):
            ask(stores, "nothing")
    with pytest.raises(NoSuchDraft):
        drafting.save_draft(stores, "nothing", 1, document(), "zhou")
    with pytest.raises(NoSuchDraft):
        drafting.earlier_state(stores, started(stores), 7)
