"""Kinds of questions that the big polls leave out: answered with script and without, with the same bytes in the box."""

import re
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sqlalchemy import select

from questionnaires.library import library
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text
from questionnaires.variants import Person, publish_variant
from survey_app.store.ballot_box import ballot, comment
from tests.browser.conftest import LEARNING_POLL, NEEDS_POLL, NewPage, Served
from tests.browser.staff_steps import answer_all, answer_section, onward
from tests.questionnaires.strategies import corpus
from tests.staff_house import open_poll

pytestmark = pytest.mark.browser
KINDS = ("number", "date", "likelihood", "text", "rating", "rank")
FEEDBACK = ("service_feedback", "activity_feedback", "opinion_channel", "desk_micro")
OFFICERS = (
    Person("b07", "li", {"officer_name": "李平", "officer_post": "主席"}),
    Person("b07", "wang", {"officer_name": "王安", "officer_post": "副主席"}),
    Person("b12", "zhao", {"officer_name": "赵云", "officer_post": "主席"}),
)


@pytest.fixture(scope="module", autouse=True)
def _polls(served: Served) -> None:
    for name in KINDS:
        open_poll(served.house, name, corpus(name), way="open")
    for name in FEEDBACK:
        open_poll(served.house, name.replace("_", "-"), name, way="open")
    needs, appraisal = library()["needs_annual"], library()["officer_appraisal"]
    open_poll(served.house, "needs-short", publish_variant(needs, short_forms=["a11"]), way="open")
    open_poll(served.house, "officers", publish_variant(appraisal, persons=OFFICERS), way="open")

    open_poll(served.house, "long-words", long_words(), way="open")


def long_words() -> Questionnaire:
    """A title of 200 characters, rare ones among them, and a choice without a place to break."""
    found = corpus("multi")
    long = Text("工会组织建设、民主管理𠮷😀" * 15, "Comprehensive yearly review of everything " * 5)
    section = found.sections[0]
    endless = Text("工" * 60, "Donaudampfschifffahrtsgesellschaftskapitaen" * 2)
    items = tuple(
        replace(item, choices=tuple(replace(choice, text=endless) for choice in item.choices)) for item in section.items
    )
    return replace(found, title=long, sections=(replace(section, items=items),))


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(request: pytest.FixtureRequest, new_page: NewPage) -> Page:
    return new_page(java_script_enabled=request.param)


def begin(page: Page, poll_id: str, unit: str = "b07", known: str = "") -> None:
    page.goto(f"/b/{poll_id}#u={unit}{known}")
    if page.input_value("#unit") != unit:
        page.select_option("#unit", unit)
    page.click("#go")
    expect(page.locator(".part:visible, .item-error").first).to_be_visible()


def send(page: Page) -> None:
    page.locator("#send:visible, button[value=send]").click()
    expect(page.locator("h1:visible")).to_have_text("收到了，谢谢您")


def stored(served: Served, poll_id: str) -> list[str]:
    with served.house.stores.ballot_box.connect() as connection:
        return [found.decode() for found in connection.scalars(select(ballot.c.answers).filter_by(poll_id=poll_id))]


def texts(served: Served, poll_id: str) -> list[str]:
    with served.house.stores.ballot_box.connect() as connection:
        return list(connection.scalars(select(comment.c.text).filter_by(poll_id=poll_id)))


def is_on_check(page: Page) -> bool:
    return page.title().startswith("发出前看一遍")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [("三", "请填一个整数，例如 3"), ("2.5", "请填一个整数，例如 3"), ("11", "请填 0 到 10 之间的数")],
)
def test_a_wrong_number_is_said_at_the_field_and_stays(page: Page, typed: str, sentence: str) -> None:
    begin(page, "number")
    page.fill("#q1", typed)
    onward(page)
    assert page.title().startswith("错误：有 1 题需要改一下")
    expect(page.locator("#q1-e")).to_have_text(sentence)
    expect(page.locator("#q1")).to_have_value(typed)


def test_a_number_may_be_typed_in_wide_figures_or_left_blank(served: Served, page: Page) -> None:
    begin(page, "number")
    page.fill("#q1", "３")
    onward(page)
    assert is_on_check(page)
    send(page)
    assert stored(served, "number")[-1] == "[3,-1]"


def test_a_date_outside_the_range_is_refused_and_one_inside_is_stored(served: Served, page: Page) -> None:
    begin(page, "date")
    page.fill("#q1", "2027-01-01")
    onward(page)
    expect(page.locator("#q1-e")).to_have_text("请填 2026-01-01 到 2026-12-31 之间的日期")
    page.fill("#q1", "2026-01-02")
    onward(page)
    send(page)
    assert stored(served, "date")[-1] == "[20455,-1]"


def test_a_likelihood_is_eleven_figures_with_words_at_both_ends(served: Served, page: Page) -> None:
    begin(page, "likelihood")
    onward(page)
    expect(page.locator("#q1-e")).to_have_text("请选一项，不愿回答就选“不愿说明”")
    expect(page.locator("#q1-ends")).to_have_text("0 不可能非常可能 10")
    cells = [one.bounding_box() for one in page.locator(".eleven label").all()]
    assert len(cells) == 11
    assert all(cell and cell["width"] >= 44 and cell["height"] >= 44 for cell in cells)
    page.locator(".eleven label").nth(2).click()
    answer_all(page)  # a low figure brings up the question why
    send(page)
    assert stored(served, "likelihood")[-1] == "[2]"
    assert texts(served, "likelihood")


def test_a_required_text_is_asked_for_and_counts_characters_as_people_do(served: Served, page: Page) -> None:
    begin(page, "text")
    onward(page)
    expect(page.locator("#q1-e")).to_have_text("请填写这一题")
    page.fill("#q1", "字" * 21)
    onward(page)
    expect(page.locator("#q1-e")).to_have_text("请删短到 20 字以内")
    twenty = "😀𠮷" * 9 + "👍🏽"
    page.fill("#q1", twenty)
    onward(page)
    expect(page.locator("dd:visible").first).to_have_text(twenty)
    send(page)
    assert twenty in texts(served, "text")


def test_the_opinion_channel_does_not_go_on_without_its_text(page: Page) -> None:
    begin(page, "opinion-channel")
    while not page.locator("#j03:visible").count():
        answer_section(page)
        onward(page)
    answer_section(page)
    page.fill("#j03", "  ")
    onward(page)
    expect(page.locator("#j03-e")).to_have_text("请填写这一题")


def test_faces_are_words_that_all_look_the_same(served: Served, page: Page) -> None:
    begin(page, "rating")
    question = page.locator("[data-item=q3]")
    assert [" ".join(one.split()) for one in question.locator("label").all_inner_texts()] == [
        "满意",
        "基本 满意",
        "不满意",
    ]
    expect(question.locator("img, svg")).to_have_count(0)
    colours = question.locator("label span").evaluate_all("all => all.map(e => getComputedStyle(e).backgroundColor)")
    assert len(set(colours)) == 1
    answer_all(page)
    send(page)
    assert stored(served, "rating")[-1] == "[0,0,0]"


def test_a_choice_that_stands_alone_clears_a_ranking(new_page: NewPage) -> None:
    page = new_page()
    begin(page, "rank")
    rows = page.locator("[data-item=q2] .choice")
    for place in (0, 1, 3):  # the fourth is 不愿说明
        rows.nth(place).click()
    expect(page.locator("[data-item=q2] input:checked")).to_have_count(1)
    expect(rows.nth(3).locator(".at")).to_have_text("1")
    rows.nth(2).click()
    expect(rows.nth(2).locator(".at")).to_have_text("1")
    expect(page.locator("[data-item=q2] input:checked")).to_have_count(1)


def test_the_short_form_of_first_and_last_is_a_ranking(served: Served, page: Page) -> None:
    begin(page, "needs-short")
    page.locator("label:has(input[value=none])").first.click()
    onward(page)
    question = page.locator("[data-item=a11]")
    expect(question).to_contain_text("下列各项中，工会今年最该先办哪三项")
    expect(page.locator(".screen")).to_have_count(0)
    if question.locator("select").count():
        page.select_option("[name='a11.1']", "housing")
        page.select_option("[name='a11.2']", "workload")
    else:
        for value in ("housing", "workload"):
            question.locator(f"label:has(input[value={value}])").click()
    onward(page)
    expect(page.locator("dd", has_text="1 住房")).to_be_visible()
    send(page)
    places = [choice.id for choice in library()["needs_annual"].item("a11").choices]
    ranks = f"{places.index('housing')},{places.index('workload')},-1"
    assert ranks in stored(served, "needs-short")[-1]


def test_a_single_page_has_three_questions_and_no_count_of_parts(served: Served, page: Page) -> None:
    begin(page, "desk-micro")
    assert page.title().startswith("今天的服务")
    expect(page.locator(".progress")).to_have_text(re.compile(r"^\s*已答 0 题，共 3 题\s*$"))
    expect(page.locator("[data-item]:visible")).to_have_count(3)
    answer_section(page, 1)
    onward(page)
    assert is_on_check(page)
    send(page)
    assert stored(served, "desk-micro")[-1] == "[1,1,1]"


def test_each_unit_judges_its_own_officers_on_pages_of_their_own(served: Served, page: Page) -> None:
    begin(page, "officers")
    assert page.title().startswith("第 1 部分，共 2 部分：评议：李平")
    expect(page.locator(".info:visible")).to_have_text("被评议人：李平，主席")
    answer_section(page)
    onward(page)
    while "王安" not in page.title():  # without script the questions that an answer brought up come first
        answer_section(page)
        onward(page)
    page.locator("[data-item=f01_wang] label", has_text="没有").click()
    page.locator("[data-item=f08_wang] label").first.click()
    onward(page)
    assert is_on_check(page)
    send(page)
    assert re.fullmatch(r"\[0(,0){7}(,[03]),null,.*,0(,null){8}\]", stored(served, "officers")[-1])


def test_a_unit_none_of_whose_officers_is_judged_is_told_so(page: Page) -> None:
    page.goto("/b/officers")
    page.select_option("#unit", "b21")
    page.click("#go")
    expect(page.locator("#unit-e")).to_have_text("这项调查没有要您分工会答的题。")
    expect(page.locator("#unit")).to_have_value("b21")


@pytest.mark.parametrize(
    ("poll_id", "known", "item", "value"),
    [
        ("service-feedback", "&service=hardship_aid", "c01", "hardship_aid"),
        ("activity-feedback", "&activity_type=skills_practice", "e01", "skills_practice"),
        ("service-feedback", "&service=<b>", "c01", None),
    ],
)
def test_what_the_link_knows_is_filled_in_and_can_be_changed(
    new_page: NewPage, poll_id: str, known: str, item: str, value: str | None
) -> None:
    page = new_page()
    begin(page, poll_id, known=known)
    assert "=" not in page.url.partition("#")[2]
    chosen = page.locator(f"[data-item={item}] input:checked")
    if value is None:
        expect(chosen).to_have_count(0)
        return
    expect(chosen).to_have_value(value)
    page.locator(f"[data-item={item}] label").last.click()
    page.reload()
    expect(chosen).not_to_have_value(value)


def test_the_link_does_not_overrule_a_draft(new_page: NewPage) -> None:
    page = new_page()
    begin(page, "service-feedback", known="&service=hardship_aid")
    page.locator("[data-item=c01] label", has_text="节日慰问").click()
    page.goto("about:blank")
    begin(page, "service-feedback", known="&service=hardship_aid")
    expect(page.locator("[data-item=c01] input:checked")).to_have_value("festival_greeting")


def test_continue_leads_through_every_group_of_first_and_last(new_page: NewPage) -> None:
    page = new_page()
    begin(page, NEEDS_POLL)
    page.locator("label:has(input[value=none])").first.click()
    onward(page)
    for group in range(1, 5):
        expect(page.locator(".screen:visible .hint")).to_have_text(f"第 {group} 组，共 4 组")
        onward(page)
    assert "优先顺序" not in page.title()


def test_two_matrices_of_the_same_rows_have_them_in_the_same_order(new_page: NewPage) -> None:
    page = new_page()
    begin(page, LEARNING_POLL)
    orders = [
        matrix.locator("[data-row]").evaluate_all("all => all.map(e => e.dataset.row)")
        for matrix in page.locator("[data-item]:has([data-row])").all()
    ]
    assert len(orders) == 2
    assert orders[0] == orders[1]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_title_of_200_characters_and_an_endless_word_fit(new_page: NewPage, width: int, language: str) -> None:
    page = new_page(viewport={"width": width, "height": 844})
    page.goto(f"/b/long-words{language}#u=b07")
    title = page.locator("h1:visible").bounding_box()
    assert title
    assert title["height"] < 844 * (0.6 if width < 1000 else 0.3)
    page.click("#go")
    answer_section(page)
    for _ in range(2):
        scroll, inner = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert scroll <= inner
        if page.locator("#answers:visible").count():
            onward(page)
    expect(page.locator("#check")).to_be_visible()


@pytest.mark.parametrize("poll_id", KINDS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_kind(new_page: NewPage, poll_id: str, scheme: str) -> None:
    page = new_page(color_scheme=scheme)
    begin(page, poll_id)
    onward(page)
    found = Axe().run(page)
    assert not found.response["violations"], found.generate_report()
