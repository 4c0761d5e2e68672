"""A questionnaire from a blank page to a poll, by the keyboard alone: written, translated, stopped, mended, published, seen."""

# ruff: noqa: F811 - fixtures of the desk are taken over by name
import re
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_officers_desk import PHONE, Served, officers, sit  # noqa: F401

pytestmark = pytest.mark.browser

ELECTED = "分工会委员是由会员选举产生的。"
KNOWS = "我知道遇到困难时该找分工会的哪一位。"
MET = "过去一年，您遇到过需要工会帮助的困难吗？"
WHICH = "是哪些方面的困难？"
ADVICE = "您对分工会工作还有什么建议？"
ENGLISH = {
    "教职工之家年度评议": "Annual Staff Home review",
    "看分工会办得怎样，好的留下，不足的改。": "To see how the branch is doing, keep what is good and mend what is not.",
    "分工会工作": "The branch's work",
    "困难和建议": "Difficulties and advice",
    ELECTED: "Branch committee members are elected by the members.",
    "下面几方面，您满意吗？": "How satisfied are you with the following?",
    "文体活动": "Sports and culture",
    "生日慰问": "Birthday greetings",
    KNOWS: "I know whom in the branch to turn to in difficulty.",
    MET: "In the past year, have you had a difficulty that needed the union's help?",
    "遇到过": "Yes",
    "没有遇到过": "No",
    WHICH: "Which kinds of difficulty?",
    "子女入学": "Children's schooling",
    "看病就医": "Medical care",
    "住房": "Housing",
    ADVICE: "What else would you advise the branch to do?",
}
# What somebody sees of each part: every element with its name, class and own words, and where it stands on the phone.
SEEN = """() => Array.from(document.querySelectorAll('[id^=part-]')).map((part) => {
  for (let e = part; e; e = e.parentElement) e.hidden = false;
  const at = part.getBoundingClientRect();
  return Array.from(part.querySelectorAll('*')).filter((e) => e.getClientRects().length).map((e) => {
    const box = e.getBoundingClientRect();
    const words = Array.from(e.childNodes).filter((n) => n.nodeType === 3).map((n) => n.data.trim()).join(' ');
    return [e.tagName, String(e.className), words, ...[box.left - at.left, box.top - at.top, box.width, box.height].map(Math.round)].join('|');
  });
})"""


class Keyboard:
    """Someone without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.page.keyboard.insert_text(words)

    def to(self, wanted: Locator, *, most: int = 60, key: str = "Tab") -> None:
        """Tab on until the focus is there."""
        for _ in range(most):
            if wanted.count() and wanted.first.evaluate("node => node === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"not reached by Tab: {wanted}")

    def column(self, name: str) -> None:
        """F6 until the focus is in that column of the designer."""
        for _ in range(5):
            self.press("F6")
            if self.page.evaluate("name => document.activeElement.closest(name) !== null", name):
                return
        raise AssertionError(f"not reached by F6: {name}")

    def add(self, kind: str, words: str) -> None:
        """A question after the selected one; the focus stands in its words."""
        self.press("Control+Enter")
        self.to(self.page.get_by_role("dialog").get_by_role("button", name=re.compile(f"^{kind}")))
        self.press("Enter")
        expect(self.page.locator(".q.is-on textarea").first).to_be_focused()
        self.write(words)

    def list(self, *lines: str) -> None:
        """Options or rows from the question's words on: Enter leads to the next, and makes one where there is none."""
        self.press("Tab")
        for n, line in enumerate(lines):
            if n:
                self.press("Enter")
            self.write(line)


def saved(page: Page) -> None:
    expect(page.locator("#state")).to_have_attribute("data-state", "saved")


def written_from_blank(page: Page) -> Keyboard:
    """The questionnaire in Chinese: two parts, six types of question, a rule."""
    hands = Keyboard(page)
    page.goto("/officers/drafts")
    hands.to(page.get_by_role("button", name="从空白开始"))
    hands.press("Enter")
    expect(page.locator("#outline [data-go=part1]")).to_be_visible()
    hands.column(".designer-side")
    hands.to(page.get_by_label("名称（中文）"))
    hands.write("教职工之家年度评议")
    hands.to(page.get_by_label("为什么问（中文）"))
    hands.write("看分工会办得怎样，好的留下，不足的改。")
    hands.column(".designer-outline")
    hands.to(page.locator("#outline [data-go=part1]"))
    hands.press("Enter")
    expect(page.get_by_label("标题（中文）")).to_be_focused()
    hands.write("分工会工作")
    hands.add("量表题", ELECTED)
    hands.column(".designer-side")
    hands.to(page.get_by_label("量表", exact=True))
    hands.press("Home")
    expect(page.locator(".q.is-on .scale-boxes li").first).to_have_text("非常同意")
    hands.add("矩阵量表", "下面几方面，您满意吗？")
    hands.list("文体活动", "生日慰问")
    hands.add("量表题", KNOWS)
    hands.column(".designer-outline")
    hands.to(page.get_by_role("button", name="加一部分"))
    hands.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("button", name=re.compile("^空的一部分"))).to_be_focused()
    hands.press("Enter")
    hands.write("困难和建议")
    hands.add("单选题", MET)
    hands.list("遇到过", "没有遇到过")
    hands.add("多选题", WHICH)
    hands.list("子女入学", "看病就医")
    hands.to(page.locator(".q.is-on").get_by_role("button", name="加跳题"))
    hands.press("Enter")
    hands.press("ArrowDown", "ArrowDown", "ArrowDown")
    expect(page.get_by_label("看什么")).to_have_js_property("selectedIndex", 3)
    hands.press("Tab", "Tab", "Space")
    expect(page.locator(".rule-reading")).to_have_text(f"显示，如果第 4 题“{MET}”选择了“遇到过”")
    hands.to(page.get_by_role("button", name="就这样"))
    hands.press("Enter")
    hands.add("填空题", ADVICE)
    saved(page)
    return hands


def translated(page: Page, hands: Keyboard) -> None:
    hands.column(".designer-bar")
    hands.to(page.locator("[data-tab=translation]"))
    hands.press("Enter")
    for row in page.locator("[data-text]").all():
        hands.to(row)
        chinese = row.locator("xpath=ancestor::tr").locator("[lang=zh]").first.inner_text()
        if not row.input_value():
            hands.write(ENGLISH[chinese])
    expect(page.locator("[data-tab=translation]")).to_have_text("翻译")
    saved(page)


def published(page: Page, hands: Keyboard) -> str:
    """The poll's id, after the list, the form and the page to check."""
    hands.column(".designer-bar")
    hands.to(page.locator("#publish"))
    hands.press("Enter")
    hands.to(page.get_by_role("link", name="去发起调查"))
    hands.press("Enter")
    hands.to(page.locator("[name=way]:checked"))
    hands.press("ArrowDown")
    expect(page.locator("[name=way][value=open]")).to_be_checked()
    hands.to(page.get_by_role("button", name="检查一遍"))
    hands.press("Enter")
    hands.to(page.get_by_role("button", name="定稿锁定"))
    hands.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已定稿锁定")
    return page.url.rsplit("/", 1)[1]


def test_the_annual_questionnaire_from_a_blank_page_to_a_phone(sit: Any, officers: Served) -> None:
    page = sit().page
    hands = written_from_blank(page)
    editor = page.url
    hands.add("填空题", "请填写您的工号：")
    saved(page)
    expect(page.locator(".q.is-on .banner-stop")).to_be_visible()
    hands.column(".designer-bar")
    hands.to(page.locator("#publish"))
    hands.press("Enter")
    expect(page.get_by_role("heading", name="还不能发起")).to_be_visible()
    expect(page.get_by_role("link", name="去发起调查")).to_have_count(0)
    draft_id = editor.rsplit("/", 1)[1]
    assert page.request.get(f"/officers/polls/new/draft:{draft_id}").status == 422
    hands.to(page.get_by_role("link", name=re.compile("请填写您的工号")).first)
    hands.press("Enter")
    expect(page.locator(".q.is-on textarea").first).to_be_focused()
    expect(page.locator(".q.is-on textarea").first).to_have_value("请填写您的工号：")
    hands.press("Escape", "Delete")
    expect(page.locator("#outline")).not_to_contain_text("工号")
    saved(page)
    translated(page, hands)
    poll_id = published(page, hands)
    previewed = {}
    for language in ("zh", "en"):
        phone = sit(viewport=PHONE).page
        phone.goto(f"{editor}/preview?language={language}&members=60")
        previewed[language] = phone.evaluate(SEEN)
    assert len(previewed["zh"]) == 2
    assert any(KNOWS in line for line in previewed["zh"][0])
    before = officers.house.app.config["TODAY"]
    try:
        officers.house.app.config["TODAY"] = date(2026, 12, 1)
        for language, ending in (("zh", ""), ("en", "/en")):
            phone = sit(None, viewport=PHONE).page
            phone.goto(f"/b/{poll_id}{ending}")
            assert phone.evaluate(SEEN) == previewed[language]
    finally:
        officers.house.app.config["TODAY"] = before
