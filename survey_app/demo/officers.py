"""Who can sign in to the demo. The passwords are public: they exist in demo instances and nowhere else."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.demo.university import University
from survey_app.services.signing_in import add_officer
from survey_app.store.engines import Stores
from survey_app.store.registry import Officer

BRANCH_OF_THE_DEMO_OFFICER = "B15"


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    name: str
    display_name: str
    role: str
    password: str
    door: str
    branch_id: str | None = None


def demo_sign_ins(university: University) -> tuple[DemoSignIn, ...]:
    branch = branch_of_the_officer(university)
    return (
        DemoSignIn("zhoumin", "周敏", "university_officer", "demo-zhoumin", "/officers/"),
        DemoSignIn("chenjing", "陈静", "branch_officer", "demo-chenjing", "/officers/", branch),
        DemoSignIn("liangdong", "梁栋", "leadership", "demo-liangdong", "/leadership/"),
        DemoSignIn("admin", "系统管理员", "administrator", "demo-admin", "/officers/"),
    )


def branch_of_the_officer(university: University) -> str:
    """B15 of the demo's own table; the largest in-service branch of any other."""
    if any(branch.id == BRANCH_OF_THE_DEMO_OFFICER for branch in university.branches):
        return BRANCH_OF_THE_DEMO_OFFICER
    return max((branch for branch in university.branches if not branch.retired), key=lambda branch: branch.members).id


def add_demo_officers(stores: Stores, university: University) -> None:
    """Add those who are not there yet."""
    with Session(stores.registry) as session:
        known = set(session.scalars(select(Officer.name)))
    for person in demo_sign_ins(university):
        if person.name not in known:
            add_officer(
                stores, person.name, person.display_name, person.role, person.password, branch_id=person.branch_id
            )
