"""One-time links by e-mail. The page answers before anything is looked up: it says and takes the same for every address."""

import logging
import secrets
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from survey_app.services import members
from survey_app.services.mailing import MailServerUnreachable, Postbox, letter
from survey_app.sign_in_settings import MailServer
from survey_app.store.engines import Stores
from survey_app.store.errors import Busy, StoreFull

log = logging.getLogger("survey_app")
LINK = "{link}"
#: Requests that wait for the mail server; more are dropped, for people ask again.
MOST_WAITING = 200
_pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="links")
_places = threading.BoundedSemaphore(MOST_WAITING)


@dataclass(frozen=True, slots=True)
class Words:
    """What the mail says, in the language of the page; `{link}` stands for the address to open."""

    sender_name: str
    subject: str
    text: str


def request_link(
    stores: Stores, server: MailServer, address: str, page: str, words: Words, now: datetime
) -> threading.Event:
    """Mail a one-time link, soon, if a member has this address. `page`: what comes before the token. Tells when it is done."""
    done = threading.Event()
    if not _places.acquire(blocking=False):
        log.error("link mails: too many wait for the mail server")
        done.set()
        return done

    def work() -> None:
        try:
            _send(stores, server, address, page, words, now)
        except (MailServerUnreachable, Busy, StoreFull) as fault:
            log.error("link mails: not sent, %s", type(fault).__name__)  # noqa: TRY400 - we intentionally log no address
        finally:
            _places.release()
            done.set()

    _pool.submit(work)
    return done


def _send(stores: Stores, server: MailServer, address: str, page: str, words: Words, now: datetime) -> None:
    if members.links_waiting(stores, address, now) >= members.MOST_LINKS:
        return
    try:
        token = members.token_for_address(stores, address, now)
    except members.NotOnRoster:
        return
    text = words.text.replace(LINK, f"{page}{token}")
    made = letter(server, members.tidy_address(address), words.sender_name, words.subject, text, secrets.token_hex(16))
    with Postbox(server) as postbox:
        if postbox.send(made) != "sent":
            log.error("link mails: the mail server did not take one")
