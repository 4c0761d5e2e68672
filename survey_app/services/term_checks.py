"""A term as an officer wants it, and what stands in the way of opening it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.ballots.encodings import is_id
from survey_app.services.errors import TermIsOpen, TermNotOpenable
from survey_app.services.merging import Merge
from survey_app.store.engines import Stores, reading
from survey_app.store.registry import Poll, RosterMember
from survey_app.store.registry import Term as StoredTerm

__all__ = ["TermWanted", "id_of_open_term", "let_no_other_open", "refuse_unfit"]

SLOTS = 12
MOST_SLOTS = 60


@dataclass(frozen=True, slots=True)
class TermWanted:
    """A term as an officer wants it. `merges`: small branches together, by unit id (None: those suggested by the roster);
    `left_out`: branches whose members get no tickets."""

    id: str
    title: Text
    collect_first_day: date
    collect_last_day: date
    merges: Mapping[str, Merge] | None = None
    left_out: tuple[str, ...] = ()
    slots: int = SLOTS


def refuse_unfit(stores: Stores, wanted: TermWanted) -> None:
    """Raises TermIsOpen, or TermNotOpenable with every reason."""
    with reading(stores.registry) as connection, Session(connection) as session:
        _refuse_another(session)
        if faults := tuple(_faults(session, wanted)):
            raise TermNotOpenable(*faults)


def _faults(session: Session, wanted: TermWanted) -> Iterator[Text]:
    if not is_id(wanted.id) or len(wanted.id) > 28:
        yield Text("编号只能用小写字母、数字和连字符，最多28个。", "The id may hold a-z, 0-9 and hyphens, at most 28.")
    if not wanted.title.zh.strip():
        yield Text("请填写名称。", "Give the term a title.")
    if wanted.collect_first_day > wanted.collect_last_day:
        yield Text("开始领取的日期不能晚于截止日期。", "The first day of collecting is after the last day.")
    if not 1 <= wanted.slots <= MOST_SLOTS:
        yield Text(f"一个年度可以有1到{MOST_SLOTS}次调查。", f"A term has 1 to {MOST_SLOTS} slots.")
    if session.get(StoredTerm, wanted.id) is not None:
        yield Text(f"“{wanted.id}”已经开设过。", f"“{wanted.id}” was opened before.")
    ids = [f"{wanted.id}-{number:02}" for number in range(1, wanted.slots + 1)]
    if taken := session.scalar(select(Poll.poll_id).where(Poll.poll_id.in_(ids)).limit(1)):
        yield Text(f"“{taken}”已用于一项调查，请换一个编号。", f"“{taken}” already names a poll: choose another id.")
    if session.scalar(select(RosterMember.staff_number).limit(1)) is None:
        yield Text("还没有会员名册：领取凭证要按名册核对。", "There is no roster yet: tickets are given out by it.")


def id_of_open_term(session: Session) -> str | None:
    return session.scalar(select(StoredTerm.id).where(StoredTerm.state == "open"))


def let_no_other_open(session: Session) -> None:
    """Of two officers at once one opens the term, the other one is told by TermIsOpen; units and roster hold still."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        session.execute(text("LOCK TABLE term IN SHARE ROW EXCLUSIVE MODE"))
        session.execute(text("LOCK TABLE branch, head_count, roster_member IN SHARE MODE"))
    _refuse_another(session)


def _refuse_another(session: Session) -> None:
    if (other := id_of_open_term(session)) is not None:
        raise TermIsOpen(
            Text(
                f"“{other}”已经开设，还没有结束。您填的没有采用，这一页是已经开设的。",
                f"The term “{other}” is open already and has not ended. What you filled in was not used; this page shows the open term.",
            )
        )
