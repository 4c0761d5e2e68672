"""Records of a wave: evidence, ledger figures and vetoes, entered by the university union before the assessment is out."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.services import auditing
from survey_app.services.errors import NotAssessable
from survey_app.store.engines import Stores
from survey_app.store.registry import AssessmentRelease, UnitRecord, UnitVeto

if TYPE_CHECKING:
    from analysis.assessment import Records

LONGEST_REASON = 200
TOO_LATE = Text(
    "本年度评估已公布，记录不能再改。", "This year's assessment is out: its records can no longer be changed."
)


@dataclass(frozen=True, slots=True)
class EnteredVeto:
    id: int
    reason: str
    day: date


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """What was entered of one unit: evidence index 0..100, closed ledger cases, how many of them were solved, vetoes."""

    evidence: int | None = None
    ledger_cases: int | None = None
    ledger_solved: int | None = None
    vetoes: tuple[EnteredVeto, ...] = ()


def enter_records(stores: Stores, wave: str, unit_id: str, entry: UnitEntry, officer_name: str) -> None:
    """Keep the figures of one unit in place of those before; vetoes stay as they are. Raises NotAssessable with sentences."""
    _refuse(*_faults(entry))
    with Session(stores.registry) as session, session.begin():
        _refuse_late(session, wave)
        session.merge(
            UnitRecord(
                wave=wave,
                unit_id=unit_id,
                evidence=entry.evidence,
                ledger_cases=entry.ledger_cases,
                ledger_solved=entry.ledger_solved,
            )
        )
        auditing.record(session, officer_name, "enter_records", f"{wave}/{unit_id}")


def enter_veto(stores: Stores, wave: str, unit_id: str, reason: str, day: date, officer_name: str) -> None:
    """A veto with its reason and date; raises NotAssessable without a reason or once the assessment is out."""
    reason = " ".join(reason.split())
    if not reason or len(reason) > LONGEST_REASON:
        _refuse(
            Text(
                f"请写明理由，不超过{LONGEST_REASON}字。", f"State the reason, in at most {LONGEST_REASON} characters."
            )
        )
    with Session(stores.registry) as session, session.begin():
        _refuse_late(session, wave)
        session.add(UnitVeto(wave=wave, unit_id=unit_id, reason=reason, day=day))
        auditing.record(session, officer_name, "enter_veto", f"{wave}/{unit_id}")


def withdraw_veto(stores: Stores, wave: str, veto_id: int, officer_name: str) -> None:
    """Take a veto back before the assessment is out; doing it twice changes nothing. Raises NotAssessable."""
    with Session(stores.registry) as session, session.begin():
        _refuse_late(session, wave)
        gone = delete(UnitVeto).where(UnitVeto.id == veto_id, UnitVeto.wave == wave).returning(UnitVeto.unit_id)
        unit_id = session.scalar(gone)
        if unit_id is not None:
            auditing.record(session, officer_name, "withdraw_veto", f"{wave}/{unit_id}")


def entries_of(stores: Stores, wave: str) -> dict[str, UnitEntry]:
    """What was entered of a wave, by unit; units of which nothing was entered are absent."""
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        return entries_in(session, wave)


def entries_in(session: Session, wave: str) -> dict[str, UnitEntry]:
    """The same within the caller's transaction."""
    vetoes: dict[str, list[EnteredVeto]] = {}
    for each in session.scalars(select(UnitVeto).where(UnitVeto.wave == wave).order_by(UnitVeto.day, UnitVeto.id)):
        vetoes.setdefault(each.unit_id, []).append(EnteredVeto(each.id, each.reason, each.day))
    figures = {each.unit_id: each for each in session.scalars(select(UnitRecord).where(UnitRecord.wave == wave))}
    return {
        unit_id: _entry(figures.get(unit_id), tuple(vetoes.get(unit_id, ()))) for unit_id in sorted({*vetoes, *figures})
    }


def as_records(entries: dict[str, UnitEntry]) -> "Records":
    """The entries as the assessment reads them."""
    from analysis.assessment import Records, UnitRecords, Veto

    return Records(
        {
            unit_id: UnitRecords(
                evidence=entry.evidence,
                ledger_cases=entry.ledger_cases,
                ledger_solved=entry.ledger_solved / entry.ledger_cases
                if entry.ledger_cases and entry.ledger_solved is not None
                else None,
                vetoes=tuple(Veto(each.reason, each.day.isoformat()) for each in entry.vetoes),
            )
            for unit_id, entry in entries.items()
        }
    )


def _entry(figures: UnitRecord | None, vetoes: tuple[EnteredVeto, ...]) -> UnitEntry:
    if figures is None:
        return UnitEntry(vetoes=vetoes)
    return UnitEntry(figures.evidence, figures.ledger_cases, figures.ledger_solved, vetoes)


def _faults(entry: UnitEntry) -> list[Text]:
    faults = []
    if entry.evidence is not None and not 0 <= entry.evidence <= 100:
        faults.append(Text("佐证材料得分是 0 到 100 的整数。", "The evidence index is a whole number from 0 to 100."))
    if (entry.ledger_cases is None) != (entry.ledger_solved is None):
        faults.append(Text("台账的办结件数和解决件数要一起填。", "Enter closed and solved ledger cases together."))
    elif entry.ledger_cases is not None and not 0 <= (entry.ledger_solved or 0) <= entry.ledger_cases < 10**6:
        faults.append(Text("解决件数不能多于办结件数。", "No more cases can be solved than were closed."))
    return faults


def _refuse(*faults: Text) -> None:
    if faults:
        raise NotAssessable(*faults)


def one_at_a_time(session: Session) -> None:
    """Until this transaction ends, nobody else enters records or releases an assessment (SQLite has one writer anyway)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE unit_record IN SHARE ROW EXCLUSIVE MODE"))


def _refuse_late(session: Session, wave: str) -> None:
    one_at_a_time(session)
    if session.get(AssessmentRelease, wave) is not None:
        raise NotAssessable(TOO_LATE)
