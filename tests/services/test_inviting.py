"""Invitations and reminders: by "not collected" alone, each once, through a real mail server, whatever breaks on the way."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from survey_app.services import auditing, inviting
from survey_app.services.collecting import collect
from survey_app.services.inviting import (
    MailedLately,
    NobodyToMail,
    StillMailing,
    begin_mailing,
    collected,
    mailings,
    stop_mailing,
)
from survey_app.services.mailing import MailServerUnreachable
from survey_app.services.sending import Sender, send_waiting
from survey_app.services.slots import end_term
from survey_app.sign_in_settings import SignInSettings
from survey_app.sign_in_settings import mail_server as mail_server_of
from survey_app.store.engines import Stores
from survey_app.store.registry import Mail, RosterMember
from tests.members_house import MailServer, mail_server
from tests.small_terms import SECRET, asked, browser, small_term

TODAY = date(2026, 10, 20)


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def term_stores(stores: Stores) -> Stores:
    """35 members, all with an address but one."""
    small_term(stores)
    with stores.registry.begin() as connection:
        connection.execute(update(RosterMember).values(email=RosterMember.staff_number + "@jut.example"))
        connection.execute(update(RosterMember).where(RosterMember.staff_number == "b02-003").values(email=None))
    return stores


def sender(stores: Stores, folder: Path, port: int) -> Sender:
    ways = SignInSettings(smtp=f"smtp://127.0.0.1:{port}", mail_from="union@jut.example")
    server = mail_server_of(ways)
    page = "https://survey.jut.example/account/"
    return Sender(stores, folder, server, "校工会", "the union", page, ("zh", "en"), lambda: TODAY)


def collect_all(stores: Stores, number: str) -> None:
    page = browser(number[:3])
    collect(stores, SECRET, number, asked(stores, page, "2026-01", "2026-02"), TODAY)


def test_everybody_who_has_not_collected_gets_one_mail(term_stores: Stores, post: MailServer, tmp_path: Path) -> None:
    collect_all(term_stores, "b01-004")
    begin_mailing(term_stores, "invitation", "union", TODAY)
    assert send_waiting(sender(term_stores, tmp_path, post.port)) == 0
    addresses = [address for address, _mail in post.taken]
    assert len(addresses) == len(set(addresses)) == 33
    assert "b01-004@jut.example" not in addresses
    (mailing,) = mailings(term_stores, "2026")
    assert (mailing.state, mailing.n_mails, mailing.sent, mailing.left) == ("done", 33, 33, 0)


def test_the_letter_is_the_same_for_everybody_and_says_what_it_goes_by(
    term_stores: Stores, post: MailServer, tmp_path: Path
) -> None:
    begin_mailing(term_stores, "reminder", "union", TODAY)
    send_waiting(sender(term_stores, tmp_path, post.port))
    texts = {mail.get_content() for _address, mail in post.taken}
    (text,) = texts
    assert "https://survey.jut.example/account/" in text
    assert "只看有没有领" in text
    assert "31 December" in text
    assert len({mail["Message-ID"] for _address, mail in post.taken}) == len(post.taken)


def test_who_collects_while_the_mailing_waits_gets_no_mail(
    term_stores: Stores, post: MailServer, tmp_path: Path
) -> None:
    begin_mailing(term_stores, "reminder", "union", TODAY)
    collect_all(term_stores, "b01-007")
    send_waiting(sender(term_stores, tmp_path, post.port))
    assert "b01-007@jut.example" not in {address for address, _mail in post.taken}
    assert mailings(term_stores, "2026")[0].skipped == 1


def test_what_the_mail_server_refuses_is_counted_and_what_it_puts_off_is_tried_again(
    term_stores: Stores, post: MailServer, tmp_path: Path
) -> None:
    post.refused.add("b01-001@jut.example")
    post.busy.add("b01-002@jut.example")
    begin_mailing(term_stores, "invitation", "union", TODAY)
    one = sender(term_stores, tmp_path, post.port)
    assert send_waiting(one) == 1
    assert send_waiting(one) == 0
    (mailing,) = mailings(term_stores, "2026")
    assert (mailing.sent, mailing.failed, mailing.doubtful) == (33, 1, 0)
    assert [address for address, _mail in post.taken].count("b01-002@jut.example") == 1


def test_a_mail_server_that_is_away_loses_nothing(term_stores: Stores, tmp_path: Path) -> None:
    begin_mailing(term_stores, "invitation", "union", TODAY)
    with pytest.raises(MailServerUnreachable):
        send_waiting(sender(term_stores, tmp_path, 9))
    with mail_server() as back:
        assert send_waiting(sender(term_stores, tmp_path, back.port)) == 0
        assert len(back.taken) == 34


def test_a_mail_that_a_dead_sender_had_in_hand_is_told_and_not_sent_again(
    term_stores: Stores, post: MailServer, tmp_path: Path
) -> None:
    begin_mailing(term_stores, "invitation", "union", TODAY)
    with term_stores.registry.begin() as connection:
        connection.execute(update(Mail).where(Mail.staff_number == "b01-005").values(state="sending"))
    send_waiting(sender(term_stores, tmp_path, post.port))
    (mailing,) = mailings(term_stores, "2026")
    assert (mailing.sent, mailing.doubtful, mailing.left) == (33, 1, 0)
    assert "b01-005@jut.example" not in {address for address, _mail in post.taken}


def test_a_second_mailing_waits_for_the_first(term_stores: Stores) -> None:
    begin_mailing(term_stores, "invitation", "union", TODAY)
    with pytest.raises(StillMailing):
        begin_mailing(term_stores, "reminder", "union", TODAY)


def test_three_days_lie_between_two_mailings(term_stores: Stores, post: MailServer, tmp_path: Path) -> None:
    begin_mailing(term_stores, "invitation", "union", TODAY)
    send_waiting(sender(term_stores, tmp_path, post.port))
    again = TODAY + timedelta(3)
    for day in (TODAY, again - timedelta(1)):
        with pytest.raises(MailedLately) as told:
            begin_mailing(term_stores, "reminder", "union", day)
        assert told.value.again == again
    assert len(post.taken) == 34
    begin_mailing(term_stores, "reminder", "union", again)


def test_a_mailing_that_is_stopped_sends_no_more(term_stores: Stores, post: MailServer, tmp_path: Path) -> None:
    job = begin_mailing(term_stores, "invitation", "union", TODAY)
    stop_mailing(term_stores, job, "union")
    assert send_waiting(sender(term_stores, tmp_path, post.port)) == 0
    assert post.taken == []
    assert mailings(term_stores, "2026")[0].state == "stopped"
    assert begin_mailing(term_stores, "invitation", "union", TODAY) > job


def test_when_the_term_ends_nothing_more_of_its_mailing_is_sent(
    term_stores: Stores, post: MailServer, tmp_path: Path
) -> None:
    begin_mailing(term_stores, "reminder", "union", TODAY)
    end_term(term_stores, "2026", "union")
    assert send_waiting(sender(term_stores, tmp_path, post.port)) == 0
    (mailing,) = mailings(term_stores, "2026")
    assert (post.taken, mailing.state, mailing.skipped, mailing.doubtful) == ([], "done", 34, 0)


def test_nobody_to_mail_is_told(term_stores: Stores) -> None:
    with term_stores.registry.begin() as connection:
        connection.execute(update(RosterMember).values(email=None))
    with pytest.raises(NobodyToMail):
        begin_mailing(term_stores, "invitation", "union", TODAY)


def test_nothing_of_who_was_mailed_is_left_when_a_mailing_is_over(
    term_stores: Stores, post: MailServer, tmp_path: Path
) -> None:
    begin_mailing(term_stores, "reminder", "union", TODAY)
    send_waiting(sender(term_stores, tmp_path, post.port))
    with term_stores.registry.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Mail)) == 0
    assert auditing.entries(term_stores)[0].object_ == "2026: 34"
    assert not inviting.is_mailing(term_stores)


@pytest.mark.parametrize(("takers", "shown"), [(0, None), (4, None), (5, 5), (9, 5), (10, 10)])
def test_how_many_collected_is_told_in_fives(term_stores: Stores, takers: int, shown: Any) -> None:
    for n in range(takers):
        collect_all(term_stores, f"b01-{n:03}")
    found = collected(term_stores, TODAY)
    by_unit = {unit.unit_id: unit.n_collected for unit in found.units}
    assert by_unit == {"b01": shown, "b02": None}
    assert (found.n_collected, found.n_eligible, found.reachable) == (shown or 0, 35, (34 - takers) // 5 * 5)
