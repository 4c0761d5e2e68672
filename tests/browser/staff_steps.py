"""What a member does on the answering page, in a real browser."""

from playwright.sync_api import Locator, Page, expect

TEXT = "食堂加开了教工窗口"


def begin(page: Page, address: str, *, code: str = "", shared: bool = False) -> None:
    page.goto(address)
    if code:
        page.fill("#code", code)
    if shared:
        page.check("#shared")
    page.click("#go")
    expect(page.locator("#answers")).to_be_visible()


def questions(page: Page) -> list[Locator]:
    return [one for one in page.locator("[data-item]").all() if one.is_visible()]


def answer(question: Locator, at: int = 0) -> None:
    """Tap one answer of a rating or choice question."""
    labels = question.locator("label:visible")
    labels.nth(at).click()


# Taps what a person would tap, question after question, until nothing in sight is left open: an answer may bring up more.
ANSWER_SECTION = """([at, text]) => {
  const seen = (e) => e.offsetParent !== null;
  const all = (root, selector) => Array.from(root.querySelectorAll(selector)).filter(seen);
  for (let round = 0; round < 3; round++) {
    for (const item of all(document, '[data-item]')) {
      const rows = all(item, '.row');
      const selects = all(item, 'select');
      const area = item.querySelector('textarea');
      const screens = all(item, '.screen');
      if (rows.length) rows.forEach((row) => all(row, 'label')[at].click());
      else if (selects.length) selects.forEach((select, place) => { select.selectedIndex = place + 1; });
      else if (area) { area.value = text; area.dispatchEvent(new Event('input', { bubbles: true })); }
      else if (screens.length) screens.forEach((screen) => { const l = all(screen, 'tbody label'); l[0].click(); l[3].click(); });
      else if (!item.querySelector('input:checked')) { const l = all(item, 'label'); if (l.length) l[Math.min(at, l.length - 1)].click(); }
    }
  }
}"""


def answer_section(page: Page, at: int = 0) -> None:
    """Every question of the section in sight, also those that an answer brings up."""
    page.evaluate(ANSWER_SECTION, [at, TEXT])


def press(page: Page, button: Locator) -> None:
    """Without script every press loads a page; until it has come, the old one would be read for the new."""
    if page.evaluate("matchMedia('(scripting: none)').matches"):
        with page.expect_navigation():
            button.click()
    else:
        button.click()


def onward(page: Page) -> None:
    press(page, page.locator(".button:visible"))


def answer_all(page: Page, at: int = 0) -> None:
    """Section after section until the answers are read back."""
    for _ in range(12):
        if page.locator("#check:visible, button[value=send]").count():
            return
        answer_section(page, at)
        onward(page)
    raise AssertionError(page.title())


def receipt(page: Page) -> str:
    return page.locator("#receipt").evaluate("e => e.textContent")
