"""Fill an empty instance with the demo university. Every step can be made again: an interrupted making is resumed."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tqdm import tqdm

from questionnaires.texts import Text
from survey_app.demo.fieldwork import OFFICER, Voice, cast_all, draw_all_slips, freeze, n_ballots, n_responding
from survey_app.demo.note import Demo, Note, SlipsToTry, digest_of, read_note, write_note
from survey_app.demo.officers import add_demo_officers, demo_sign_ins
from survey_app.demo.persons import Persons, persons_of
from survey_app.demo.polls import DemoPoll, demo_polls
from survey_app.demo.tickets import codes_to_try, open_year, ticket_poll
from survey_app.demo.university import CATEGORIES, DEMO_UNIVERSITY, DemoRefused, University, read_university
from survey_app.services.assessing import release_assessment
from survey_app.services.designing import FrozenPoll, ReportingUnit, TicketMeans, polls
from survey_app.services.registering import FaultyList, branches, import_units
from survey_app.services.reporting import release_poll
from survey_app.services.sealing import close_poll, seal_poll
from survey_app.store.engines import Stores
from survey_app.store.registry import Branch, Officer

STILL_CASTING = (None, "frozen")
UNITS_TO_TRY, CODES_TO_TRY = 4, 5
JIANGCHENG = Voice(
    Text("江城理工大学工会", "JUT Trade Union"),
    Text("教工活动中心 203 室，内线 8203", "Staff Centre room 203, ext. 8203"),
)
ANY_UNIVERSITY = Voice(Text("校工会", "University trade union"), Text("工会办公室", "the union's office"))


def fill(
    stores: Stores,
    instance: Path,
    csv_path: Path | None,
    today: date,
    *,
    progress: bool,
    tickets: TicketMeans | None = None,
) -> Demo:
    """Make the demo, or go on where an interrupted making stopped, with the day on which that one began."""
    path = csv_path or DEMO_UNIVERSITY
    university, note = read_university(path), read_note(instance)
    if note is None:
        _refuse_other_data(stores)
        note = Note(university_sha256=digest_of(path), today=today.isoformat())
        write_note(instance, note)
    elif note.university_sha256 != digest_of(path):
        raise DemoRefused("The making of a demo was interrupted here, from another table. Give the same table again.")
    made = _Making(stores, instance, university, note, shown=progress, voice=_voice(csv_path), tickets=tickets)
    return made.whole()


class _Making:
    """One making, step by step; the note is written after each step that could not be told from the databases."""

    def __init__(
        self,
        stores: Stores,
        instance: Path,
        university: University,
        note: Note,
        *,
        shown: bool,
        voice: Voice,
        tickets: TicketMeans | None,
    ) -> None:
        self.stores, self.instance, self.university, self.note, self.voice = stores, instance, university, note, voice
        self.shown, self.tickets = shown, tickets
        self.persons: tuple[Persons, ...] = tuple(map(persons_of, university.branches))
        self.polls = demo_polls(note.day)
        self.n_cast = 0

    def whole(self) -> Demo:
        if not branches(self.stores):
            _import_branches(self.stores, self.persons)
        add_demo_officers(self.stores, self.university)
        with self._bar() as one_done:
            for poll in self.polls:
                self._hold(poll, one_done)
        for wave in sorted({poll.wave for poll in self.polls if poll.finished}):
            release_assessment(self.stores, self.instance, wave, OFFICER)
        if self.tickets is not None:
            self._open_year(self.tickets)
        open_poll = self.polls[-1]
        lines = tuple(
            f"  {person.door:<13} {person.name} / {person.password}   {person.display_name} ({person.role.replace('_', ' ')})"
            for person in demo_sign_ins(self.university)
        )
        self._keep(replace(self.note, ready=True, codes={}, open_poll=open_poll.poll_id, sign_ins=lines))
        return Demo(False, self.n_cast, open_poll.poll_id, self.note.slips, lines)

    def _open_year(self, means: TicketMeans) -> None:
        open_year(self.stores, self.university, self.persons, means, self.note.day)
        poll = ticket_poll(self.stores, self.voice, means, self.note.day)
        members = codes_to_try(self.stores, self.university)
        self._keep(replace(self.note, ticket_poll=poll.poll_id, members=members))

    def _hold(self, poll: DemoPoll, one_done: Callable[[], object]) -> None:
        """A poll from freezing to its end; what an interrupted making did already is left as it is."""
        stored = self._stored_state(poll)
        if stored == "released":
            return
        if stored in STILL_CASTING:
            frozen = freeze(self.stores, self.university, poll, self.voice)
            self._cast(poll, frozen, one_done)
        if poll.finished:
            close_poll(self.stores, poll.poll_id, OFFICER)
            seal_poll(self.stores, self.instance, poll.poll_id, officer_name=OFFICER)
            release_poll(self.stores, self.instance, poll.poll_id, OFFICER)
            self._keep(self.note.without_codes(poll.poll_id))

    def _cast(self, poll: DemoPoll, frozen: FrozenPoll, one_done: Callable[[], object]) -> None:
        used = n_responding(poll, frozen, self.persons)
        if poll.way == "slip" and poll.poll_id not in self.note.codes:
            counts = {unit.id: _n_slips(poll, unit, used[unit.id]) for unit in frozen.units}
            self._keep(self.note.with_codes(poll.poll_id, draw_all_slips(self.stores, frozen, counts)))
        codes = self.note.codes.get(poll.poll_id, {})
        cast_all(self.stores, poll, frozen, self.persons, codes, one_done)
        if not poll.finished:
            self.note = replace(self.note, slips=_to_try(frozen, used, codes))

    def _stored_state(self, poll: DemoPoll) -> str | None:
        return {summary.poll_id: summary.stored_state for summary in polls(self.stores)}.get(poll.poll_id)

    def _keep(self, note: Note) -> None:
        self.note = note
        write_note(self.instance, note)

    @contextmanager
    def _bar(self) -> Iterator[Callable[[], object]]:
        total = sum(n_ballots(poll, self.persons) for poll in self.polls if self._stored_state(poll) in STILL_CASTING)
        with tqdm(total=total, desc="Demo university", unit=" ballots", disable=not self.shown) as bar:

            def one_done() -> None:
                self.n_cast += 1
                bar.update()

            yield one_done


def _n_slips(poll: DemoPoll, unit: ReportingUnit, used: int) -> int:
    """One per member in a finished poll. While a poll is open some are left, so that a visitor can print slips too."""
    return unit.n_eligible if poll.finished else min(unit.n_eligible, used + CODES_TO_TRY)


def _to_try(
    frozen: FrozenPoll, used: Mapping[str, int], codes: Mapping[str, tuple[str, ...]]
) -> tuple[SlipsToTry, ...]:
    """A handful of slips nobody used, from the largest units."""
    largest = sorted(frozen.units, key=lambda unit: -unit.n_eligible)[:UNITS_TO_TRY]
    return tuple(
        SlipsToTry(unit.id, unit.name.zh, unit.name.en or "", codes[unit.id][used[unit.id] :]) for unit in largest
    )


def _refuse_other_data(stores: Stores) -> None:
    with Session(stores.registry) as session:
        rows = sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in (Branch, Officer))
    if rows or polls(stores):
        raise DemoRefused(
            "This instance holds units, officers or polls of its own; the demo wants an empty one. "
            "Choose another folder in SURVEY_INSTANCE."
        )


def _import_branches(stores: Stores, persons: tuple[Persons, ...]) -> None:
    """Through the officers' own import, as the list of units that an office would hand in."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["branch_id", "name_zh", "name_en", "unit_type", "members", *CATEGORIES])
    for each in persons:
        counts, branch = each.head_counts(), each.branch
        identity = (branch.id, branch.name_zh, branch.name_en, branch.unit_type, branch.members)
        writer.writerow([*identity, *(counts.get(category, 0) for category in CATEGORIES)])
    try:
        import_units(stores, out.getvalue().encode(), OFFICER)
    except FaultyList as fault:
        told = "; ".join(f"row {each.row}, {each.column}: {each.kind}" for each in fault.faults)
        raise DemoRefused(f"The branches cannot be taken over ({told}).") from fault


def _voice(csv_path: Path | None) -> Voice:
    return JIANGCHENG if csv_path is None else ANY_UNIVERSITY
