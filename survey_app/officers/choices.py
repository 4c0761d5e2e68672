"""The parts of the poll form that depend on the questionnaire and on the list of units, read from what was sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from questionnaires.questionnaire import Questionnaire, texts_in
from questionnaires.texts import PLACEHOLDER, Text
from questionnaires.variants import MOST_PERSONAL_ITEMS, Person
from survey_app.officers.forms import UNSEEN
from survey_app.officers.wording import place_name
from survey_app.services import publishing
from survey_app.services.designing import Merge
from survey_app.services.publishing import Switches
from survey_app.services.registering import BranchFacts
from survey_app.web.languages import gettext as _

SLOTS = ("1", "2", "3", "4", "5")  # one for each kind of branch: as many as are ever suggested
ALONE, OUT = "alone", "out"
LONGEST = 60
MOST_PERSONS = 200
Faults = list[tuple[str, str]]


@dataclass(slots=True)
class UnitChoices:
    """For each branch: counted alone, together with others, or not asked."""

    place: dict[str, str]
    names: dict[str, Text]
    faults: Faults = field(default_factory=list)

    @property
    def n_units(self) -> int:
        """As many reporting units as these choices make."""
        asked = [place for place in self.place.values() if place != OUT]
        return asked.count(ALONE) + len(set(asked) - {ALONE})

    @classmethod
    def suggested(
        cls, branches: Sequence[BranchFacts], merges: Mapping[str, Merge], questionnaire: Questionnaire | None = None
    ) -> "UnitChoices":
        """Small branches together as suggested; retired members left out where the questionnaire is not for them."""
        place = {branch.id: ALONE for branch in branches}
        names: dict[str, Text] = {}
        for slot, merge in zip(SLOTS, merges.values(), strict=False):
            names[slot] = merge.name
            place |= dict.fromkeys(merge.branches, slot)
        who = questionnaire.who if questionnaire else None
        if who is None:
            return cls(place, names)
        if who.retired == "excluded" or (who.retired is None and who.members == ("in_service",)):
            place |= {branch.id: OUT for branch in branches if branch.unit_type == "retired"}
        return cls(place, names)

    @classmethod
    def sent(cls, form: MultiDict[str, str], branches: Sequence[BranchFacts]) -> "UnitChoices":
        known = {ALONE, OUT, *SLOTS}
        place = {branch.id: form.get(f"unit-{branch.id}", ALONE) for branch in branches}
        names = {
            slot: Text(form.get(f"merge-{slot}-zh", "").strip(), form.get(f"merge-{slot}-en", "").strip() or None)
            for slot in SLOTS
        }
        faults = [
            (f"unit-{branch_id}", _("请从列出的几项里选。")) for branch_id in place if place[branch_id] not in known
        ]
        chosen = cls({key: value if value in known else ALONE for key, value in place.items()}, names, faults)
        chosen.faults += chosen._merge_faults(branches)
        return chosen

    def _merge_faults(self, branches: Sequence[BranchFacts]) -> Faults:
        faults: Faults = []
        for slot in SLOTS:
            members = [branch for branch in branches if self.place[branch.id] == slot]
            name = self.names[slot]
            if not members:
                continue
            if not name.zh:
                faults.append((f"merge-{slot}-zh", _("请给合并后的统计单位起个名字。")))
            elif len(name.zh) > LONGEST or len(name.en or "") > 2 * LONGEST or _unseen(name.zh + (name.en or "")):
                faults.append((f"merge-{slot}-zh", _("名字太长，或有读不出的字符。")))
            if len({branch.unit_type == "retired" for branch in members}) > 1:
                faults.append((f"merge-{slot}-zh", _("离退休的单位另外统计，不能和在职的合并。")))
        return faults

    @property
    def left_out(self) -> tuple[str, ...]:
        return tuple(branch_id for branch_id, place in self.place.items() if place == OUT)

    def members(self, slot: str) -> tuple[str, ...]:
        return tuple(branch_id for branch_id, place in self.place.items() if place == slot)

    def is_used(self, slot: str) -> bool:
        return bool(self.members(slot)) or (slot in self.names and bool(self.names[slot].zh))

    def merges(self, suggested: Mapping[str, Merge]) -> dict[str, Merge]:
        """By unit id. A merge kept as suggested keeps its id, so that next year's results can be set beside it."""
        merges = {}
        for slot in SLOTS:
            members = self.members(slot)
            if members:
                same = (unit_id for unit_id, merge in suggested.items() if set(merge.branches) == set(members))
                merges[next(same, f"merged-{slot}")] = Merge(self.names[slot], members)
        return merges

    def sizes(self, branches: Sequence[BranchFacts]) -> list[int]:
        """Members of each reporting unit as chosen."""
        members = {branch.id: branch.members for branch in branches}
        alone = [members[branch_id] for branch_id, place in self.place.items() if place == ALONE]
        merged = [sum(members[branch_id] for branch_id in self.members(slot)) for slot in SLOTS if self.members(slot)]
        return [*alone, *merged]

    def unit_of(self, branch_id: str, merges: Mapping[str, Merge]) -> str:
        """The reporting unit a branch counts in."""
        inside = (unit_id for unit_id, merge in merges.items() if branch_id in merge.branches)
        return next(inside, branch_id.lower())


@dataclass(slots=True)
class QuestionChoices:
    """Switches and placeholders of one questionnaire as the officer set them."""

    questionnaire: Questionnaire
    personal: tuple[str, ...]
    modules_off: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    places: dict[str, str] = field(default_factory=dict)
    persons: str = ""
    faults: Faults = field(default_factory=list)

    @classmethod
    def suggested(cls, questionnaire: Questionnaire, sizes: Sequence[int]) -> "QuestionChoices":
        personal = publishing.suggested_personal_items(questionnaire, sizes)
        return cls(questionnaire, personal, places=dict.fromkeys(open_places(questionnaire), ""))

    @classmethod
    def sent(cls, form: MultiDict[str, str], questionnaire: Questionnaire) -> "QuestionChoices":
        chosen = cls(
            questionnaire,
            personal=tuple(form.getlist("personal")),
            modules_off=tuple(module for module in questionnaire.modules if f"module-{module}" not in form),
            short=tuple(item.id for item in publishing.short_forms(questionnaire) if f"short-{item.id}" in form),
            places={name: form.get(f"place-{name}", "").strip() for name in open_places(questionnaire)},
            persons=form.get("persons", "").strip(),
        )
        chosen.faults += chosen._personal_faults()
        chosen.faults += chosen._place_faults()
        return chosen

    def _personal_faults(self) -> Faults:
        if not set(self.personal) <= set(self.questionnaire.personal_items):
            return [("personal", _("请从列出的几项里选。"))]
        if len(set(self.personal)) > MOST_PERSONAL_ITEMS:
            return [("personal", _("个人情况最多问两项，多了就可能认出人。"))]
        return []

    def _place_faults(self) -> Faults:
        faults: Faults = []
        for name, value in self.places.items():
            english_twin = name.endswith("_en") and f"{name[:-3]}_zh" in self.places
            if not value and not english_twin:
                faults.append((f"place-{name}", _("“%(place)s”还没有填。", place=place_name(name))))
            elif len(value) > LONGEST or PLACEHOLDER.search(value) or _unseen(value):
                faults.append((f"place-{name}", _("文字太长，或有不能用的字符。")))
        return faults

    def switches(self, units: UnitChoices, merges: Mapping[str, Merge], branches: Sequence[BranchFacts]) -> Switches:
        """For publishing; adds a fault for each line of persons that cannot be read."""
        places = {
            name: value or self.places.get(f"{name[:-3]}_zh", "") if name.endswith("_en") else value
            for name, value in self.places.items()
        }
        persons = self._persons(units, merges, branches) if self.questionnaire.per_person_page else ()
        return Switches(tuple(dict.fromkeys(self.personal)), self.modules_off, self.short, places, persons)

    def _persons(
        self, units: UnitChoices, merges: Mapping[str, Merge], branches: Sequence[BranchFacts]
    ) -> tuple[Person, ...]:
        known = {branch.id.lower(): branch.id for branch in branches if branch.id not in units.left_out}
        lines = [line.strip() for line in self.persons.splitlines() if line.strip()]
        if not lines:
            self.faults.append(("persons", _("请写出被评议的人，每行一位。")))
        if len(lines) > MOST_PERSONS:
            self.faults.append(("persons", _("人数太多，一次最多 200 位。")))
            return ()
        persons = []
        for number, line in enumerate(lines, start=1):
            parts = [part.strip() for part in line.replace("，", ",").split(",")]
            branch_id = known.get(parts[0].lower())
            if len(parts) != 3 or not all(parts) or len(line) > 100 or _unseen(line) or PLACEHOLDER.search(line):
                self.faults.append(("persons", _("第 %(n)s 行看不懂，请写成：单位编号，姓名，职务。", n=number)))
            elif branch_id is None:
                self.faults.append(
                    ("persons", _("第 %(n)s 行的单位“%(unit)s”不在参加的单位里。", n=number, unit=parts[0]))
                )
            else:
                values = {"officer_name": parts[1], "officer_post": parts[2]}
                persons.append(Person(units.unit_of(branch_id, merges), f"p{number}", values))
        return tuple(persons)


def open_places(questionnaire: Questionnaire) -> tuple[str, ...]:
    """Names of the texts to be filled in, in the questionnaire's order; those of a page per person are asked apart."""
    if questionnaire.per_person_page:
        return ()
    standing = set().union(*(text.placeholders for text in texts_in(questionnaire)))
    return tuple(name for name in questionnaire.placeholders if name in standing)


def _unseen(text: str) -> bool:
    return any(character in UNSEEN for character in text)
