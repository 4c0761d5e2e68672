"""Charts: well-formed SVG under a strict content policy, words for what is withheld, plain JSON for plotly."""

import json
from xml.etree import ElementTree as ET

import pytest

from analysis.charts import (
    best_worst_dots,
    case_bars,
    criteria_dots,
    distribution_bar,
    place_bar,
    profile_dots,
    question_dots,
    score_dots,
    share_bars,
    turnout_dots,
    wave_dots,
    wave_line,
)
from analysis.charts.chart import text_width, wrapped
from analysis.charts.turnout import _piled
from analysis.disclosure.released_assessment import Cases, Score
from tests.analysis.worlds import needs, released, staff_home, unit, usual_world
from tests.journeys.leadership_years import assessed

HOME, NEEDS = usual_world(staff_home()), usual_world(needs())
BEFORE = usual_world(staff_home(), "2025", 2)
NOBODY = released(staff_home(), [unit("B01", 20)], [])
OPTIONS = [column.column for column in NEEDS.columns_of("a01")]
PRIORITIES = [column.column for column in NEEDS.columns_of("a11")]

YEAR = assessed()
LAW = YEAR.unit("B09")
CRITERIA = [each.id for each in YEAR.dimensions if each.group == "criterion"]
WAVES = [("2024", Score()), ("2025", Score(58, 51, 64)), ("2026", Score(71, 68, 75))]

CHARTS = {
    "a question of a year": lambda language, width: question_dots(
        YEAR, YEAR.university, "q_solved", language, before=Score(70, 66, 73), width=width
    ),
    "a unit's criteria": lambda language, width: profile_dots(
        YEAR, LAW, CRITERIA, language, before={"org_sound": 80}, beside={"rights_upheld": 79}, width=width
    ),
    "a criterion withheld": lambda language, width: profile_dots(
        YEAR, YEAR.unit("B21"), CRITERIA, language, width=width
    ),
    "difficulties": lambda language, width: case_bars(Cases(20, 11, 8, None), language, width=width),
    "waves of a year": lambda language, width: wave_line("组织健全", WAVES, language, width=width),
    "no wave": lambda language, width: wave_line("组织健全", [("2026", Score())], language, width=width),
    "criteria": lambda language, width: criteria_dots(
        HOME, "B03", language, earlier=BEFORE, compare="ALL", width=width
    ),
    "criteria withheld": lambda language, width: criteria_dots(HOME, "B05", language, earlier=BEFORE, width=width),
    "scores": lambda language, width: score_dots(
        HOME, "ALL", ["b01", "b11", "b31.warmth_visit"], language, width=width
    ),
    "waves": lambda language, width: wave_dots(HOME, "ALL", "b01", language, earlier=BEFORE, width=width),
    "needs": lambda language, width: share_bars(NEEDS, "ALL", OPTIONS, language, limit=5, width=width),
    "needs of a unit": lambda language, width: share_bars(NEEDS, "B05", OPTIONS, language, width=width),
    "priorities": lambda language, width: best_worst_dots(NEEDS, "ALL", PRIORITIES, language, width=width),
    "distribution": lambda language, width: distribution_bar(HOME, "b01", language, width=width),
    "no distribution": lambda language, width: distribution_bar(NOBODY, "b01", language, width=width),
    "turnout": lambda language, width: turnout_dots(HOME, language, width=width),
    "nobody": lambda language, width: criteria_dots(NOBODY, "ALL", language, width=width),
    "no options": lambda language, width: share_bars(NEEDS, "ALL", [], language, width=width),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_well_formed_labelled_and_free_of_styles(name, width, language):
    chart = CHARTS[name](language, width)
    drawing = ET.fromstring(chart.svg)
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label") == chart.alt
    assert chart.alt
    assert "style" not in {key for element in drawing.iter() for key in element.attrib}
    assert {element.tag for element in drawing.iter()} <= {"svg", "text", "line", "circle", "rect"}
    assert float(drawing.get("viewBox").split()[2]) == width
    assert json.loads(json.dumps(chart.figure, allow_nan=False))["layout"]["meta"]["alt"] == chart.alt


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_is_drawn_outside_the_chart(name):
    for width in (320, 640):
        drawing = ET.fromstring(CHARTS[name]("zh", width).svg)
        height = float(drawing.get("viewBox").split()[3])
        for element in drawing.iter():
            for key, end in (("x", width), ("x1", width), ("x2", width), ("cx", width), ("y", height), ("cy", height)):
                assert 0 <= float(element.get(key, "0")) <= end


def test_the_label_says_what_the_marks_say():
    chart = criteria_dots(HOME, "B03", "zh")
    figure = HOME.criteria("B03")[0]
    assert chart.alt.startswith(f"组织健全 {figure.score}，误差范围 {figure.low} 到 {figure.high}；")
    assert f">{figure.low}–{figure.high}<" in chart.svg


def test_withheld_is_said_in_words_in_both_languages():
    assert "组织健全：人数太少，不公布" in criteria_dots(HOME, "B05", "zh").alt
    english = criteria_dots(HOME, "B05", "en")
    assert "Organisation sound: withheld: too few people" in english.alt
    assert 'class="dot"' not in english.svg


def test_last_year_is_hollow_and_this_year_is_not():
    chart = wave_dots(HOME, "ALL", "b01", "zh", earlier=BEFORE)
    assert "2026年" in chart.svg
    assert "2025年" in chart.svg
    assert chart.svg.count('class="dot"') == 1
    assert chart.svg.count('class="dot-old"') == 1
    assert chart.figure["data"][-1]["marker"]["color"] == ["#0f5565", "#ffffff"]


def test_bars_start_at_zero_and_the_largest_comes_first():
    chart = share_bars(NEEDS, "ALL", OPTIONS, "zh", limit=3)
    shares = [NEEDS.item_figure("ALL", name).share_percent for name in OPTIONS]
    assert chart.figure["data"][0]["x"] == sorted(shares, reverse=True)[:3]
    assert chart.figure["layout"]["xaxis"]["rangemode"] == "tozero"


def test_markup_in_a_text_stays_text():
    import dataclasses

    from analysis.frame import Text

    items = tuple(dataclasses.replace(item, label=Text('<script>"&')) for item in HOME.items)
    chart = score_dots(dataclasses.replace(HOME, items=items), "ALL", ["b01"], "zh")
    assert "<script>" not in chart.svg
    assert ET.fromstring(chart.svg).get("aria-label").startswith('<script>"&')


def test_turnout_names_the_units_below_half_and_leaves_the_retired_out():
    chart = turnout_dots(HOME, "zh")
    assert "单位B01 46%" in chart.alt
    assert "B24" not in chart.alt
    assert chart.svg.count("<circle") == 5


def test_dots_that_would_touch_are_piled():
    assert _piled([(0.0, 50), (5.0, 51), (13.0, 52), (14.0, 53)]) == (
        [(0.0, 0, 50), (5.0, 1, 51), (13.0, 0, 52), (14.0, 2, 53)],
        3,
    )


def test_long_labels_are_wrapped_to_the_width():
    lines = wrapped("事关教职工利益的规定出台前，分工会会征求意见。", 130)
    assert len(lines) > 1
    assert all(text_width(line) <= 130 for line in lines)
    assert wrapped("Before rules touching staff", 105) == ["Before rules", "touching staff"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_count_that_may_not_be_told_has_no_bar_and_no_number(language):
    chart = case_bars(Cases(20, 11, 8, None), language)
    bars = [each for each in ET.fromstring(chart.svg) if each.get("class") in {"bar", "bar-2"}]
    assert len(bars) == 3
    assert ("不公布" if language == "zh" else "withheld") in chart.alt


def test_a_criterion_without_a_number_says_why_in_its_label():
    assert "组织健全：作答人数少于规定下限" in profile_dots(YEAR, YEAR.unit("B21"), CRITERIA, "zh").alt


def test_places_are_a_bar_from_the_best_to_the_worst_and_never_a_number():
    drawing = ET.fromstring(place_bar(2, 5, 5, width=112))
    bar = next(each for each in drawing if each.get("class") == "iv")
    assert (float(bar.get("x1")), float(bar.get("x2"))) == (31, 106)
    assert "".join(drawing.itertext()) == ""


def test_a_wave_without_a_figure_leaves_a_gap_and_the_line_joins_the_others():
    drawing = ET.fromstring(wave_line("组织健全", WAVES, "zh").svg)
    assert len([each for each in drawing if each.get("class") == "dot"]) == 2
    assert len([each for each in drawing if each.get("class") == "way"]) == 1
