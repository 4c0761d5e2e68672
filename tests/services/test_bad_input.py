"""Poor polls from the first ballot to the last page of figures: sealed, released and assessed by the service, then repeated
by `python -m analysis`. A reason in words everywhere, never a crash, never a number that is none."""

import json
import math
import secrets
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from analysis.__main__ import main
from questionnaires.answers import encoded, on_path
from questionnaires.items import MultiItem, RatingItem, SingleItem
from questionnaires.library import load
from questionnaires.questionnaire import Questionnaire, Section
from questionnaires.scales import Choice
from questionnaires.texts import Text
from questionnaires.versions import fingerprint, frozen_document
from survey_app.services import assessing, reporting, sealing
from survey_app.services.casting import OpenUnit, Submission, cast_ballot
from survey_app.services.designing import freeze_poll
from survey_app.services.errors import NotFreezable
from survey_app.store.engines import Stores
from survey_app.store.registry import Branch, HeadCount
from survey_app.store.sealed_box import write_box
from tests.databases import MakeStores
from tests.small_polls import DAY, FIRST, OFFICER, add_branches, draft
from tests.small_polls import questionnaire as small_questionnaire

HOME = load("staff_home_annual")
DO_NOT_KNOW = 5


@dataclass(frozen=True)
class World:
    """Members of each branch by staff category, and the ballots each unit casts."""

    members: dict[str, dict[str, int]]
    ballots: dict[str, list[int]] = field(default_factory=dict)
    whole: bool = True
    reason: str | None = None  # why the first unit has no composite


def ballot(choice: int, unit: str, members: int, whole: bool) -> bytes:
    """Answers at rest: the same place of every scale (the last where a scale is shorter), the first choice elsewhere."""
    facts = {"branch_members": members, "unit": unit}
    natural: dict[str, Any] = {}
    for each in HOME.items:
        if isinstance(each, RatingItem | SingleItem) and (each.required or whole):
            natural[each.id] = each.choices[min(choice, len(each.choices) - 1)].id
        elif isinstance(each, MultiItem) and each.required:
            natural[each.id] = [each.choices[choice].id]
    return encoded(HOME, on_path(HOME, natural, facts), facts)


FEW = "not assessed: fewer than ten respondents"
NO_PART = "a part of the composite could not be computed"
STAFF = {name: {"teacher": 40, "admin": 20} for name in ("B01", "B02", "B03", "B04")}
UNITS = [name.lower() for name in STAFF]
MIXED = [place for place in range(5) for _ in range(5)]
WORLDS = {
    "a poll nobody answered": World(STAFF, reason=FEW),
    "one respondent": World(STAFF, {"b01": [1]}, reason=FEW),
    "one unit": World({"B01": STAFF["B01"]}, {"b01": MIXED}),
    "all answers equal": World(STAFF, {unit: [0] * 15 for unit in UNITS}),
    "everybody does not know": World(STAFF, {unit: [DO_NOT_KNOW] * 12 for unit in UNITS}, reason=NO_PART),
    "a unit nobody answered in": World(STAFF, dict.fromkeys(UNITS[:3], MIXED)),
    "more answers than heads": World(STAFF | {"B01": {"teacher": 12}}, dict.fromkeys(UNITS, MIXED)),
    "categories the roster does not know": World(
        {name: {"gardener": 60} for name in STAFF}, dict.fromkeys(UNITS, MIXED)
    ),
    "only what must be answered": World(STAFF, dict.fromkeys(UNITS, MIXED), whole=False),
}


def held(stores: Stores, folder: Path, world: World) -> Path:
    """The poll frozen, answered, closed and sealed; the path of its box."""
    with Session(stores.registry) as session, session.begin():
        for name, heads in world.members.items():
            members = sum(heads.values())
            session.add(Branch(id=name, name_zh=f"{name}分工会", name_en=name, unit_type="academic", members=members))
            session.flush()
            session.add_all(HeadCount(branch_id=name, category=kind, members=n) for kind, n in heads.items())
    freeze_poll(stores, draft(stores, questionnaire=HOME), OFFICER, FIRST)
    for unit, ballots in world.ballots.items():
        members = sum(world.members[unit.upper()].values())
        for choice in ballots:
            row = ballot(choice, unit, members, world.whole)
            sent = Submission("poll-1", secrets.token_bytes(32), secrets.token_bytes(32), row, (), OpenUnit(unit))
            cast_ballot(stores.ballot_box, sent, DAY)
    sealing.close_poll(stores, "poll-1", OFFICER)
    return sealing.seal_poll(stores, folder, "poll-1").path


def numbers(value: object) -> bool:
    """Whether all numbers of a document are finite."""
    if isinstance(value, dict):
        return all(map(numbers, value.values()))
    if isinstance(value, list):
        return all(map(numbers, value))
    return not isinstance(value, float) or math.isfinite(value)


@pytest.mark.parametrize("name", WORLDS)
def test_a_poor_poll_is_released_and_assessed_and_repeated_in_words(
    name: str, make_stores: MakeStores, tmp_path: Path
) -> None:
    stores = make_stores("sqlite")
    box = held(stores, tmp_path, WORLDS[name])
    released = reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)
    assessment = assessing.release_assessment(stores, tmp_path, "2026", OFFICER)
    out = tmp_path / "again"
    assert main([str(box), "--out", str(out)]) == 0
    assert (out / "poll-1.released.json").read_bytes() == released.to_json()
    assert (out / "assessment-2026.released.json").read_bytes() == assessment.to_json()
    for path in out.glob("*.json"):
        assert numbers(json.loads(path.read_bytes())), path.name
    whole = json.loads((out / "assessment-2026.json").read_bytes())
    assert whole["units"][0]["composite"]["reason"] == WORLDS[name].reason
    for unit in whole["units"]:
        assert unit["composite"]["value"] is not None or unit["composite"]["reason"]
        assert unit["standing"]["label"] or unit["standing"]["reason"]


def asking(kind: str, n_options: int) -> Questionnaire:
    text = Text("题目", "Item")
    choices = tuple(Choice(f"c{place}", Text(str(place))) for place in range(n_options))
    item = SingleItem(id="q1", text=text, choices=choices)
    if kind == "multi":
        item = MultiItem(id="q1", text=text, choices=choices)
    return replace(small_questionnaire(), sections=(Section("s1", text, None, (item,)),))


@pytest.mark.parametrize("kind", ["single", "multi"])
def test_a_hundred_thousand_options_are_not_frozen(kind: str, make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    add_branches(stores)
    with pytest.raises(NotFreezable, match="100000个选项，最多30个"):
        freeze_poll(stores, draft(stores, questionnaire=asking(kind, 100_000)), OFFICER, FIRST)
    assert freeze_poll(stores, draft(stores, questionnaire=asking(kind, 30)), OFFICER, FIRST).poll_id == "poll-1"


@pytest.mark.parametrize(("kind", "most"), [("single", 127), ("multi", 31)])
def test_a_box_that_asks_with_a_hundred_thousand_options_is_refused_in_words(
    kind: str, most: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = frozen_document(asking(kind, 100_000))
    unit = {"id": "b01", "name": {"zh": "一", "en": "one"}, "unit_type": "academic", "n_eligible": 60, "branches": []}
    facts = {"title": {"zh": "调查", "en": "Poll"}, "wave": "2026", "units": [unit | {"head_counts": {}}]}
    poll = {"poll_id": "p", "way": "open", "first_day": "2026-11-02", "last_day": "2026-11-20"}
    more = {"fingerprint": fingerprint(document), "document": document, "facts": json.dumps(facts).encode()}
    write_box(tmp_path / "p.box", poll | more, (), ((b"k" * 32, "b01", b"[99999]", bytes(32), bytes(32)),), ())
    assert main([str(tmp_path / "p.box"), "--out", str(tmp_path / "out")]) == 1
    said = capsys.readouterr().err
    assert said == f"The question q1 has 100,000 choices: no more than {most} can be told apart.\n"
    assert not (tmp_path / "out").exists()
