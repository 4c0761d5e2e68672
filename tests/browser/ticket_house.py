"""A university that answers by ticket: the whole app on a port of this machine, a term, polls bound to its slots."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, Route, expect

from questionnaires.library import library
from questionnaires.texts import Text
from questionnaires.variants import publish_variant
from survey_app.ballots.manifests import fingerprint
from survey_app.services import members
from survey_app.services.boards import manifest
from survey_app.services.designing import PollDraft, TicketMeans, freeze_poll
from survey_app.services.poll_facts import Mode
from survey_app.services.sealing import close_poll, seal_poll
from survey_app.services.terms import Term, TermWanted, open_term
from survey_app.sign_in_settings import SignInSettings
from tests.browser.serving import served_at
from tests.browser.staff_steps import answer_all
from tests.members_house import MembersHouse, members_house
from tests.staff_house import NOTICE

COLLECTING, ANSWERING, LAST, AFTER = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 20), date(2026, 11, 21)
SECRET = "x" * 48
QUESTIONNAIRES = {
    "home-1": "staff_home_annual",
    "needs-1": "needs_annual",
    "learning-1": "learning_needs",
    "desk-1": "desk_micro",
}
THREE = ("home-1", "needs-1", "learning-1")


@dataclass
class TicketHouse:
    """`asked`: method, path and headers of every request."""

    house: MembersHouse
    term: Term
    address: str = ""
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(10001, 10057)))

    def today(self, day: date) -> None:
        self.house.app.config["TODAY"] = day

    def member(self) -> str:
        """The staff number of somebody who has not collected yet."""
        return str(next(self.numbers))

    def fingerprint(self, poll_id: str) -> str:
        return fingerprint(manifest(self.house.stores, poll_id))

    def sign_in(self, page: Page, staff_number: str) -> None:
        """By a one-time link, as it stands in the mail: it says whose it is and asks."""
        token = members.token_for_staff_number(self.house.stores, staff_number, datetime.now(UTC))
        page.goto(f"/account/link/{token}")
        page.locator("form[action='/account/link'] button").click()
        expect(page.locator("#booklet")).to_be_visible()

    def seal(self, poll_id: str) -> None:
        close_poll(self.house.stores, poll_id, "union")
        seal_poll(self.house.stores, self.house.folder, poll_id, officer_name="union")


def ticket_poll(house: MembersHouse, poll_id: str, mode: Mode = "two_phases") -> None:
    questionnaire = publish_variant(library()[QUESTIONNAIRES[poll_id]], personal_items=[])
    title = questionnaire.title
    draft = PollDraft(poll_id, questionnaire, title, "2026", "ticket", ANSWERING, LAST, NOTICE, (), mode)
    freeze_poll(house.stores, draft, "union", COLLECTING, TicketMeans(SECRET, bytes(48)))


@contextmanager
def ticket_house(folder: Path) -> Iterator[TicketHouse]:
    folder.mkdir(exist_ok=True)
    house = members_house(folder, SignInSettings(ways=("code",)))
    wanted = TermWanted("2026", Text("2026年度"), COLLECTING, date(2026, 12, 31), slots=4)
    made = TicketHouse(house, open_term(house.stores, SECRET, wanted, "union"))
    for poll_id in THREE:
        ticket_poll(house, poll_id)
    ticket_poll(house, "desk-1", "combined")
    made.today(COLLECTING)

    def noting(environ: dict[str, Any], start_response: Any) -> Any:
        headers = {name[5:].lower().replace("_", "-"): value for name, value in environ.items() if name[:5] == "HTTP_"}
        made.asked.append((environ["REQUEST_METHOD"], environ["PATH_INFO"], headers))
        return house.app(environ, start_response)

    with served_at(noting) as made.address:
        yield made
    house.close()


def answer_by_ticket(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("[data-when=held]")).to_be_visible()
    page.click("#go")
    expect(page.locator("#answers")).to_be_visible()
    answer_all(page)
    page.click("#send")
    expect(page.locator("#thanks")).to_be_visible()


def ask_in_vain(page: Page) -> list[str]:
    """Press the button that collects and lose each answer on its way back, until the page gives up. Returns each call's body.

    The page's clock is pushed on from here. It is not pushed before the first answer is lost, and no number of lost answers
    is waited for: on a busy machine the page may give a call up before anything can be lost.
    """
    asked: list[str] = []

    def lose(route: Route) -> None:
        with suppress(Error):  # given up by the page meanwhile
            route.fetch()  # the server has signed and noted it
            route.abort()

    page.on("request", lambda one: asked.append(str(one.post_data)) if one.url.endswith("/tickets") else None)
    page.route("**/tickets", lose)
    page.clock.install()
    with page.expect_event("requestfailed"):
        page.click("#collect")
    for _ in range(600):
        if "没有连上网" in page.locator("#said").inner_text():
            break
        page.clock.run_for(1_000)
    expect(page.locator("#said")).to_contain_text("没有连上网")
    page.unroute_all(behavior="ignoreErrors")
    return asked
