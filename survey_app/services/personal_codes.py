"""Printed personal codes, for members without e-mail and campus account: drawn, printed once, kept as hashes alone.

Unlike a slip, a code names a person: it signs in to collect, and answers nothing. Who holds somebody's code could collect
in their place once; the member's own page would show it. So codes are printed with the name, to be sealed and handed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from survey_app.ballots import slips
from survey_app.services import auditing
from survey_app.services.members import code_hash
from survey_app.store.engines import Stores
from survey_app.store.registry import Branch, MemberLink, MemberSession, PersonalCode, RosterMember


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """What stands on one paper."""

    name: str
    staff_number: str
    code: str


def draw_personal_codes(
    stores: Stores, branch_id: str | None, officer_name: str, *, without_address: bool = True
) -> Mapping[str, tuple[PrintedCode, ...]]:
    """New codes by the name of the branch; the members' old ones are worth nothing from now on, nor are their sessions.

    `branch_id`: None for all branches; `without_address`: only for members to whom no link can be mailed.
    """
    wanted = select(RosterMember.staff_number, RosterMember.name, Branch.name_zh).join(Branch)
    wanted = wanted.where(RosterMember.branch_id == branch_id) if branch_id else wanted
    wanted = wanted.where(RosterMember.email.is_(None)) if without_address else wanted
    drawn: dict[str, list[PrintedCode]] = {}
    with Session(stores.registry) as session, session.begin():
        rows = []
        for number, name, branch in session.execute(wanted.order_by(Branch.id, RosterMember.staff_number)):
            code = slips.drawn()
            drawn.setdefault(branch, []).append(PrintedCode(name, number, code))
            rows.append({"staff_number": number, "code_hash": code_hash(slips.read(code) or "")})
        numbers = [row["staff_number"] for row in rows]
        for start in range(0, len(numbers), 500):
            some = numbers[start : start + 500]
            for table in (PersonalCode, MemberSession, MemberLink):
                session.execute(delete(table).where(table.staff_number.in_(some)))
        if rows:
            session.execute(insert(PersonalCode), rows)
        auditing.record(session, officer_name, "draw_personal_codes", f"{branch_id or 'all'}: {len(rows)}")
    return {branch: tuple(codes) for branch, codes in drawn.items()}
