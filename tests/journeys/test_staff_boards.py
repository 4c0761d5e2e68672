"""The public board as a page: numbers, files, check values of the scripts, and ways to it from every page that speaks of it."""

import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha384
from pathlib import Path

import pytest
from sqlalchemy import update

from questionnaires.library import library
from questionnaires.texts import Text
from survey_app.ballots import crockford, manifests
from survey_app.ballots.encodings import to_base64url
from survey_app.ballots.receipts import shown
from survey_app.services import boards
from survey_app.services.designing import PollDraft, TicketMeans, freeze_poll
from survey_app.services.sealing import close_poll, seal_poll
from survey_app.services.terms import TermWanted, open_term
from survey_app.sign_in_settings import SignInSettings
from survey_app.store.registry import Poll
from survey_app.web.assets import bundle_sha384
from tests.browser.ticket_house import ANSWERING, COLLECTING, LAST, SECRET
from tests.members_house import MembersHouse, members_house
from tests.staff_house import NOTICE


def polled(house: MembersHouse, poll_id: str, bundle: bytes) -> None:
    asked = library()["learning_needs"]
    draft = PollDraft(poll_id, asked, asked.title, "2026", "ticket", ANSWERING, LAST, NOTICE, ())
    freeze_poll(house.stores, draft, "union", COLLECTING, TicketMeans(SECRET, bundle))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MembersHouse]:
    made = members_house(Path(tmp_path_factory.mktemp("boards")), SignInSettings(ways=("code",)))
    open_term(made.stores, SECRET, TermWanted("2026", Text("2026年度"), COLLECTING, LAST, slots=3), "union")
    made.app.config["TODAY"] = ANSWERING
    polled(made, "open-1", bundle_sha384() or b"")
    polled(made, "older", bytes(48))
    polled(made, "sealed-1", bundle_sha384() or b"")
    close_poll(made.stores, "sealed-1", "union")
    seal_poll(made.stores, made.folder, "sealed-1", officer_name="union")
    yield made
    made.close()


def text(house: MembersHouse, address: str) -> str:
    answer = house.app.test_client().get(address)
    assert answer.status_code == 200, address
    assert " style=" not in answer.text
    return answer.text


def test_an_open_board_says_why_its_numbers_are_rounded_and_shows_what_to_compare(house: MembersHouse) -> None:
    page = text(house, "/b/open-1/board")
    assert "向下取到 5 的倍数" in page
    assert "计算机学院分工会" in page
    fingerprint = manifests.fingerprint(boards.manifest(house.stores, "open-1"))
    assert crockford.grouped(fingerprint) in page
    assert (bundle_sha384() or b"").hex() in page
    assert "两个一样" in page
    assert "rounded down to fives" in text(house, "/b/open-1/board?lang=en")


def test_an_upgrade_after_freezing_is_said_beside_both_values(house: MembersHouse) -> None:
    page = text(house, "/b/older/board")
    assert "定稿以后软件升级过" in page
    assert "0" * 96 in page


def test_a_sealed_board_offers_every_file_and_the_line_that_audits_them(house: MembersHouse) -> None:
    page = text(house, "/b/sealed-1/board")
    told = json.loads(house.app.test_client().get("/b/waves/sealed-1/seal.json").data)
    assert told["root"] in page
    assert told["box_sha256"] in page
    assert "python -m survey_app.ballots.audit sealed-1 --fingerprint" in page
    client = house.app.test_client()
    for address in re.findall(r'href="(/b/waves/[^"]+)"', page):
        assert client.get(address).status_code == 200, address
    packed = zipfile.ZipFile(io.BytesIO(client.get("/b/waves/sealed-1/board.zip").data))
    assert set(packed.namelist()) == {"board.json", "receipts.txt", "seal.json", "manifest.json", "slot.json"}
    assert client.get("/b/waves/open-1/board.zip").status_code == 404


def test_five_thousand_receipts_stand_by_unit_in_the_letters_that_people_hold(
    house: MembersHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipts = sorted(sha384(str(n).encode()).digest()[:32] for n in range(5000))
    lines = "".join(f"{'b07' if n < 3000 else 'b15'} {to_base64url(each)}\n" for n, each in enumerate(receipts))
    monkeypatch.setattr(boards, "receipts_list", lambda *_: lines.encode())
    page = text(house, "/b/sealed-1/receipts/all")
    assert "一共 5,000 份" in page
    assert page.count("<pre") == 2
    for each in (receipts[0], receipts[-1]):
        assert shown(each) in page
    assert page.index(shown(receipts[0])) < page.index(shown(receipts[1]))


def test_before_sealing_the_receipts_page_says_when_the_list_comes(house: MembersHouse) -> None:
    page = text(house, "/b/open-1/receipts")
    assert "收卷到2026年11月20日为止，封箱在那以后" in page
    assert "<form" not in page
    assert "Answers are taken until 20 November 2026, and sealing comes after that." in text(
        house, "/b/open-1/receipts?lang=en"
    )
    house.app.config["TODAY"] = LAST + timedelta(days=1)
    try:
        assert "等待封箱" in text(house, "/b/open-1/receipts")
    finally:
        house.app.config["TODAY"] = ANSWERING
    assert 'id="find"' in text(house, "/b/sealed-1/receipts")


@pytest.mark.parametrize("asked", ["", "?lang=en"])
def test_before_sealing_the_way_to_the_list_leads_to_when_it_comes(house: MembersHouse, asked: str) -> None:
    answer = house.app.test_client().get(f"/b/open-1/receipts/all{asked}")
    assert (answer.status_code, answer.location) == (302, f"/b/open-1/receipts{asked}")


@pytest.mark.parametrize("address", ["/b/open-1/board", "/b/open-1/receipts", "/boards", "/b/waves/open-1/board.json"])
def test_what_closing_and_sealing_change_is_asked_for_again_each_time(house: MembersHouse, address: str) -> None:
    client = house.app.test_client()
    first = client.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_board_that_is_closed_is_sent_anew_to_who_holds_the_open_one(house: MembersHouse) -> None:
    client = house.app.test_client()
    held = client.get("/b/older/board").headers["ETag"]
    house.app.config["TODAY"] = LAST + timedelta(days=1)
    try:
        now = client.get("/b/older/board", headers={"If-None-Match": held})
    finally:
        house.app.config["TODAY"] = ANSWERING
    assert now.status_code == 200
    assert "已停止收卷，等待封箱" in now.text


@pytest.mark.parametrize("address", ["/b/sealed-1/board", "/b/sealed-1/receipts", "/b/waves/sealed-1/board.json"])
def test_what_is_sealed_may_be_kept(house: MembersHouse, address: str) -> None:
    assert house.app.test_client().get(address).headers["Cache-Control"] == "public, max-age=60"


def test_the_manifest_names_the_hash_of_what_is_served(house: MembersHouse) -> None:
    client = house.app.test_client()
    lines = [line.split(None, 1) for line in client.get("/b/waves/open-1/bundle.txt").text.splitlines()]
    addresses = [where[where.index("/static") :] for _, where in lines if "/static" in where]
    served = [client.get(address).data for address in addresses]
    assert [sha384(each).hexdigest() for each in served] == [digest for digest, where in lines if "/static" in where]
    assert lines[3][0] == lines[4][0] == sha384(b"".join(served)).hexdigest()
    assert len(addresses) == 3


@pytest.mark.parametrize(
    "address",
    ["/b/open-1", "/b/open-1/en", "/b/open-1/thanks", "/b/open-1/receipts", "/b/sealed-1/receipts", "/boards"],
)
def test_pages_that_speak_of_counting_lead_to_the_board(house: MembersHouse, address: str) -> None:
    poll_id = "sealed-1" if "sealed" in address else "open-1"
    assert f'href="/b/{poll_id}/board' in text(house, address)


def test_the_anonymity_page_tells_the_scripts_hash_and_all_six_readers(house: MembersHouse) -> None:
    page = text(house, "/anonymity")
    assert (bundle_sha384() or b"").hex() in page
    assert 'href="/boards"' in page
    assert page.count('<th scope="row">') == 6
    assert page.index("<svg") < page.index("<table")


def test_the_boards_stand_newest_first_and_say_which_are_sealed(house: MembersHouse) -> None:
    days = {"first_day": date(2026, 12, 20), "last_day": date(2027, 1, 7)}
    with house.stores.registry.begin() as connection:
        connection.execute(update(Poll).where(Poll.poll_id == "older").values(days))
    page = text(house, "/boards?lang=en")
    assert page.index('"/b/older/board') < page.index('"/b/open-1/board')
    assert "20 December 2026 – 7 January 2027" in page
    assert "3 November – 20 November 2026" in page
    assert "2026年12月20日—2027年1月7日" in text(house, "/boards")
    assert text(house, "/boards").count("已封箱 ·") == 1
    with house.stores.registry.begin() as connection:
        connection.execute(update(Poll).where(Poll.poll_id == "sealed-1").values(state="released"))
    assert text(house, "/boards").count("已封箱 ·") == 1


def test_manifests_come_compressed_under_a_tag_of_their_own(house: MembersHouse) -> None:
    client = house.app.test_client()
    plain = client.get("/b/waves/2026-01/manifest")
    squeezed = client.get("/b/waves/2026-01/manifest", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(squeezed.data) == plain.data
    assert squeezed.headers["ETag"] != plain.headers["ETag"]
    assert squeezed.headers["Vary"] == "Accept-Encoding"
    again = client.get(
        "/b/waves/2026-01/manifest", headers={"Accept-Encoding": "gzip", "If-None-Match": squeezed.headers["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/b/open-1", "/b/open-1/thanks", "/b/sealed-1/receipts", "/account/sign-in"])
def test_every_script_is_named_with_its_hash(house: MembersHouse, address: str) -> None:
    found = re.findall(r'<script [^>]*src="[^"]+"[^>]*>', text(house, address))
    assert found
    for script in found:
        assert 'integrity="sha384-' in script, script


def test_a_draft_that_is_tried_out_or_an_unknown_poll_has_no_board(house: MembersHouse) -> None:
    client = house.app.test_client()
    for address in (
        "/b/preview-x/board",
        "/b/nothing/board",
        "/b/waves/nothing/bundle.txt",
        "/b/waves/nothing/board.zip",
    ):
        assert client.get(address).status_code == 404
