"""The section on the four rights: left out whole without the congress poll, its figures the released ones with it."""

from dataclasses import replace

import pytest

from analysis.disclosure.released import EVERYBODY, ItemFigure, ReleasedItem
from analysis.disclosure.released_assessment import Score, ShownScore
from analysis.frame import Text
from analysis.report.content import Paragraph, Table
from analysis.report.documents import WaveDocuments
from analysis.report.rights import rights

MATTERS = {"budget": 41, "pay_rules": 62, "awards": 12, "welfare": 30}


@pytest.fixture(scope="module")
def with_congress(documents: WaveDocuments) -> WaveDocuments:
    """The demo's year as if the congress poll had been released too."""
    assessment, poll = documents.assessment, documents.polls[0]
    shown = (ShownScore("right_to_know", "rights", Score(64, 61, 67, 900)),)
    units = tuple(
        replace(unit, shown=(ShownScore("right_to_know", "rights", Score(50 + place, 40, 80, 30)),))
        for place, unit in enumerate(assessment.units)
    )
    items = tuple(
        ReleasedItem(
            f"d18.top.{name}", "d18", "s", Text("最希望公开", "Open"), Text(name, name), None, "rank_top", "top",
            feeds=("openness_priority",), option=name,
        )
        for name in MATTERS
    )  # fmt: skip
    figures = tuple(
        ItemFigure(
            EVERYBODY, f"d18.top.{name}", 800, share_percent=percent, share_low=percent - 3, share_high=percent + 3
        )
        for name, percent in MATTERS.items()
    )
    asked = replace(poll, items=(*poll.items, *items), item_figures=(*poll.item_figures, *figures))
    university = replace(assessment.university, shown=shown)
    return replace(
        documents,
        assessment=replace(assessment, university=university, units=units),
        polls=(asked, *documents.polls[1:]),
    )


def test_a_year_without_the_congress_poll_has_no_section(documents: WaveDocuments) -> None:
    assert rights(documents, "zh") is None
    assert rights(documents, "zh", documents.assessment.units[0]) is None


def test_scores_and_the_first_three_matters_are_the_released_ones(with_congress: WaveDocuments) -> None:
    section = rights(with_congress, "zh")
    assert section is not None
    table, said = section.blocks
    assert isinstance(table, Table)
    assert isinstance(said, Paragraph)
    assert [cell.text for cell in table.rows[0][:2]] == ["知情权", "64（61–67）"]
    assert len(table.rows) == 1  # the others are not in the release
    places = [said.text.index(name) for name in ("pay_rules 62%", "budget 41%", "welfare 30%")]
    assert places == sorted(places)
    assert "awards" not in said.text


def test_a_branch_reads_its_own_score_beside_the_university(with_congress: WaveDocuments) -> None:
    unit = with_congress.assessment.units[3]
    section = rights(with_congress, "en", unit)
    assert section is not None
    table = section.blocks[0]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0][:3]] == ["Right to know", "53 (40–80)", "64 (61–67)"]
