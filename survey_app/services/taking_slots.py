"""What a poll by ticket brings into the ballot box: its slot, the public keys of its units, and its manifest."""

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import select

from questionnaires.texts import Text
from survey_app.ballots.encodings import H
from survey_app.ballots.key_safe import KeySafe
from survey_app.ballots.manifests import PollManifest, manifest_hash
from survey_app.services.errors import NotFreezable
from survey_app.services.poll_facts import PollDraft
from survey_app.services.slots import TakenSlot, give_slot_to, is_slot, take_slot, taken_by_nobody, term_for
from survey_app.services.terms import ACK
from survey_app.store.ballot_box import box_poll
from survey_app.store.engines import Stores, reading


@dataclass(frozen=True, slots=True)
class TicketMeans:
    """`secret`: the instance's, which locks the keys; `bundle`: SHA-384 of the scripts of the page that answers."""

    secret: str = field(repr=False)
    bundle: bytes


@dataclass(frozen=True, slots=True)
class SlotRows:
    """Columns of the poll's row, and the rows of its keys."""

    poll: dict[str, Any] = field(repr=False)
    keys: list[dict[str, Any]]


def drafted(stores: Stores, draft: PollDraft) -> tuple[PollDraft, tuple[Text, ...]]:
    """The draft with the units of its term, and what of tickets forbids freezing it."""
    term = term_for(stores, draft.poll_id)
    if term is None:
        return draft, (Text("还没有开设年度：先开设，再领取凭证。", "No term of tickets is open: open one first."),)
    draft = replace(draft, units=term.units)
    if is_slot(stores, draft.poll_id):
        return draft, (
            Text("这个编号已用于年度的凭证，请换一个。", "A slot of tickets bears this id: choose another."),
        )
    if draft.mode == "two_phases" and draft.first_day <= term.collect_first_day:
        day = term.collect_first_day.isoformat()
        return draft, (
            Text(
                f"凭证从{day}起领取，领取和作答不在同一天：开始日期要晚于这一天。",
                f"Tickets are collected from {day} on and used on another day: begin after that day.",
            ),
        )
    return draft, ()


def slot_rows(stores: Stores, draft: PollDraft, document: bytes, means: TicketMeans | None) -> SlotRows | None:
    """Take the slot and say what the ballot box keeps of it; None if somebody else has brought it there meanwhile.

    Raises NotFreezable without a free slot, WrongSecret.
    """
    if means is None:
        raise NotFreezable(Text("这里不能开设凭证作答的调查。", "Polls by ticket cannot be frozen here."))
    slot = take_slot(stores, draft.poll_id, _abandoned(stores))
    if slot.ack_locked is None:
        return None
    ack = KeySafe(means.secret).unlocked(slot.slot_id, ACK, slot.ack_locked)
    return SlotRows(
        poll={
            "slot_id": slot.slot_id,
            "mode": draft.mode,
            "manifest": _manifest(draft, slot, document, means.bundle),
            "ack_private": ack,
        },
        keys=[
            {"poll_id": draft.poll_id, "key_id": key_id, "unit_id": unit_id, "n": n}
            for key_id, unit_id, n in sorted(slot.keys)
        ],
    )


def settle(stores: Stores, slot_id: str) -> None:
    """The ballot box takes one poll a slot: the registry follows it. Raises NotFreezable, for the other poll has none."""
    with reading(stores.ballot_box) as connection:
        winner = connection.scalar(select(box_poll.c.poll_id).where(box_poll.c.slot_id == slot_id))
    if winner is not None:
        give_slot_to(stores, slot_id, winner)
    raise NotFreezable(
        Text("刚才有人同时定稿了另一项调查，请再点一次。", "Another poll was frozen at this moment: try again.")
    )


def _abandoned(stores: Stores) -> frozenset[str]:
    """Slots of a freezing that was cut off before its poll came into the ballot box. Whoever is freezing at this very moment
    may be among them: the box, where a slot stands once, decides between the two."""
    taken = taken_by_nobody(stores)
    if not taken:
        return frozenset()
    with reading(stores.ballot_box) as connection:
        there = set(connection.scalars(select(box_poll.c.slot_id).where(box_poll.c.slot_id.in_(taken))))
    return frozenset(taken) - there


def _manifest(draft: PollDraft, slot: TakenSlot, document: bytes, bundle: bytes) -> bytes:
    days = draft.first_day, draft.last_day
    told = PollManifest(
        draft.poll_id,
        slot.slot_id,
        draft.title.zh,
        H(document),
        bundle,
        draft.mode,
        days,
        manifest_hash(slot.manifest),
    )
    return told.to_bytes()
