"""A term of tickets for the small university: b01 with 24 members, b02 with 11, and a member's browser in Python."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.ballots.blinding import finalize
from survey_app.ballots.encodings import context
from survey_app.ballots.manifests import SlotManifest
from survey_app.ballots.seeds import blinded_ticket, ticket_secrets
from survey_app.services.booklets import booklet
from survey_app.services.casting import Submission, TicketCredential
from survey_app.services.collecting import SignedTicket, TicketWanted, collect
from survey_app.services.designing import FrozenPoll, TicketMeans, freeze_poll
from survey_app.services.poll_facts import Mode
from survey_app.services.terms import Term, TermWanted, open_term, slot_manifest
from survey_app.store.engines import Stores
from survey_app.store.registry import Branch, RosterMember
from tests.small_polls import FIRST, OFFICER, add_branches, answers, draft

SECRET = "the-secret-of-a-small-university"
MEANS = TicketMeans(SECRET, bytes(48))
COLLECTING = date(2026, 10, 12)
SIZES = {"B01": 24, "B02": 11}


def small_university(stores: Stores, sizes: dict[str, int] | None = None) -> None:
    """Branches with a roster: members of B01 are b01-000, b01-001 and so on."""
    chosen = sizes or SIZES
    add_branches(stores, chosen)
    with Session(stores.registry) as session, session.begin():
        session.add_all(
            RosterMember(staff_number=f"{branch.lower()}-{n:03}", name=f"会员{n}", branch_id=branch, category="teacher")
            for branch, size in chosen.items()
            for n in range(size)
        )


def wanted(**changes: Any) -> TermWanted:
    facts = {"id": "2026", "title": Text("2026年度"), "collect_first_day": COLLECTING, "slots": 2}
    return TermWanted(**(facts | {"collect_last_day": date(2026, 12, 31)} | changes))


def small_term(stores: Stores, **changes: Any) -> Term:
    with Session(stores.registry) as session:
        known = session.get(Branch, "B01") is not None
    if not known:
        small_university(stores)
    return open_term(stores, SECRET, wanted(**changes), OFFICER)


def ticket_poll(stores: Stores, poll_id: str = "poll-1", mode: Mode = "two_phases") -> FrozenPoll:
    """A frozen poll by ticket, in a term of two slots."""
    small_term(stores)
    return freeze_poll(stores, draft(stores, poll_id, "ticket", mode=mode), OFFICER, FIRST, MEANS)


@dataclass(frozen=True)
class Browser:
    """What a member's page does, from one seed."""

    seed: bytes
    unit_id: str

    def wanted(self, manifest: SlotManifest) -> TicketWanted:
        key = next(unit.key for unit in manifest.units if unit.id == self.unit_id)
        made = ticket_secrets(self.seed, key, manifest.slot, self.unit_id)
        hidden = blinded_ticket(key, made, manifest.slot, self.unit_id)
        return TicketWanted(manifest.slot, key.key_id, hidden.blinded)

    def ticket(self, manifest: SlotManifest, signed: SignedTicket) -> TicketCredential:
        """Raises BadBlinding if what came back is no signature."""
        key = next(unit.key for unit in manifest.units if unit.id == self.unit_id)
        made = ticket_secrets(self.seed, key, manifest.slot, self.unit_id)
        prepared = made.prepared(context(manifest.slot, self.unit_id))
        hidden = blinded_ticket(key, made, manifest.slot, self.unit_id)
        return TicketCredential(key.key_id, prepared, finalize(key, prepared, signed.blind_signature, hidden.inverse))


def browser(unit_id: str = "b01") -> Browser:
    return Browser(secrets.token_bytes(32), unit_id)


def manifest_of(stores: Stores, slot_id: str = "2026-01") -> SlotManifest:
    return SlotManifest.from_bytes(slot_manifest(stores, slot_id))


def asked(stores: Stores, page: Browser, *slots: str) -> list[TicketWanted]:
    return [page.wanted(manifest_of(stores, slot)) for slot in slots or ("2026-01",)]


def a_ticket(stores: Stores, staff_number: str = "b01-000", slot_id: str = "2026-01") -> TicketCredential:
    """Collect one ticket the way a browser does."""
    unit_id = booklet(stores, staff_number, COLLECTING).unit_id
    page = browser(unit_id)
    (signed,) = collect(stores, SECRET, staff_number, asked(stores, page, slot_id), COLLECTING)
    return page.ticket(manifest_of(stores, slot_id), signed)


def by_ticket(ticket: TicketCredential, poll_id: str = "poll-1", **changes: Any) -> Submission:
    unit_id = ticket.prepared.rsplit(b"\0", 1)[1].decode()
    values: dict[str, Any] = {
        "poll_id": poll_id,
        "nonce": ticket.nonce,
        "opener": secrets.token_bytes(32),
        "answers": answers_of(unit_id),
        "comments": (),
        "credential": ticket,
    }
    return Submission(**(values | changes))


def answers_of(unit_id: str, **given: Any) -> bytes:
    """Both units are below the 30 members of the item for large units only."""
    return answers("b02", **given)
