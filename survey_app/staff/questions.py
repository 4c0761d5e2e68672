"""What a page needs to show of each question: its number, what was answered, what is wrong, and what is offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.answers import Answers, BestWorst, Fault, offered_choices, offered_rows, on_path, path
from questionnaires.items import AnyItem, BestWorstItem, MatrixItem, Row, SingleItem
from questionnaires.questionnaire import ABOUT_YOU, Questionnaire, Section
from questionnaires.scales import Choice
from questionnaires.skip_logic import Facts
from questionnaires.texts import Text
from survey_app.staff.style import say
from survey_app.staff.wording import fault_sentence
from survey_app.web.languages import gettext as _

MANY_CHOICES = 9
MANY_PERSONAL_CHOICES = 4
SHORT_LABEL = 9


@dataclass(frozen=True, slots=True)
class Question:
    """One item as it stands on a page."""

    item: AnyItem
    number: int | None
    answer: Any
    error: str | None
    choices: tuple[Choice, ...]
    rows: tuple[Row, ...]
    personal: bool = False
    design: int = 0

    def has(self, choice_id: str) -> bool:
        return self.answer == choice_id or (isinstance(self.answer, tuple) and choice_id in self.answer)

    def cell(self, row_id: str) -> str | None:
        return self.answer.get(row_id) if isinstance(self.answer, Mapping) else None

    def place(self, place: int) -> str | None:
        return self.answer[place - 1] if isinstance(self.answer, tuple) and len(self.answer) >= place else None

    def end(self, screen: int, end: int) -> str | None:
        return self.answer.screens[screen - 1][end] if isinstance(self.answer, BestWorst) else None

    @property
    def screens(self) -> tuple[tuple[Choice, ...], ...]:
        if not isinstance(self.item, BestWorstItem):
            return ()
        return tuple(tuple(self.item.choices[spot] for spot in screen) for screen in self.item.design[self.design])

    @property
    def compact(self) -> bool:
        """Many short labels stand in two columns, so that a phone shows them at one look.

        Not those carried from another question: most of them stay hidden, and the rest would stand with gaps.
        """
        if getattr(self.item, "options_from", None):
            return False
        words = [say(choice.text) for choice in self.choices if choice.role == "answer"]
        many = MANY_PERSONAL_CHOICES if self.personal else MANY_CHOICES
        return len(words) >= many and max(map(len, words)) <= SHORT_LABEL

    @property
    def groups(self) -> tuple[tuple[Choice, ...], ...]:
        """The choices, then those set apart: they exclude the others or say nothing about the matter."""
        apart = tuple(choice for choice in self.choices if choice.exclusive or choice.role == "missing")
        return tuple(filter(None, (tuple(choice for choice in self.choices if choice not in apart), apart)))


@dataclass(frozen=True, slots=True)
class ShownSection:
    id: str
    title: Text
    hint: Text | None
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A respondent's answers so far, and the path they make."""

    questionnaire: Questionnaire
    facts: Facts
    given: Answers
    kept: Answers
    path: tuple[str, ...]

    @classmethod
    def of(cls, questionnaire: Questionnaire, given: Answers, facts: Facts) -> Sheet:
        kept = on_path(questionnaire, given, facts)
        return cls(questionnaire, facts, given, kept, path(questionnaire, given, facts))

    @property
    def asked(self) -> tuple[str, ...]:
        """The items on the path that want an answer: neither mere text nor settled by what was said before."""
        return tuple(one for one in self.path if self._is_asked(self.questionnaire.item(one)))

    def _is_asked(self, item: AnyItem) -> bool:
        if item.kind == "info":
            return False
        if isinstance(item, SingleItem) and item.auto_answer_if_single:
            real = [c for c in offered_choices(self.questionnaire, item, self.kept) if c.role != "missing"]
            return len(real) != 1
        return True

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in which something is asked."""
        shown = {self.questionnaire.section_of(one).id for one in self.asked}
        return tuple(section for section in self.questionnaire.sections if section.id in shown)

    @property
    def answered(self) -> int:
        return sum(1 for one in self.asked if one in self.kept)

    def number(self, item_id: str) -> int | None:
        asked = self.asked
        return asked.index(item_id) + 1 if item_id in asked else None

    def shown(
        self, section: Section, faults: tuple[Fault, ...] = (), designs: Mapping[str, int] | None = None
    ) -> ShownSection:
        wrong = {fault.item: fault for fault in reversed(faults)}
        asked = set(self.asked)
        items = [item for item in section.items if item.id in asked or (item.kind == "info" and item.id in self.path)]
        return ShownSection(
            section.id, section.title, section.hint, tuple(self._question(item, wrong, designs or {}) for item in items)
        )

    def _question(self, item: AnyItem, wrong: Mapping[str, Fault], designs: Mapping[str, int]) -> Question:
        rows = offered_rows(self.questionnaire, item, self.kept) if isinstance(item, MatrixItem) else ()
        fault = wrong.get(item.id)
        return Question(
            item=item,
            number=self.number(item.id),
            answer=self.kept.get(item.id, self.given.get(item.id)),
            error=fault_sentence(item, fault) if fault else None,
            choices=offered_choices(self.questionnaire, item, self.kept),
            rows=rows,
            personal=item.id in self.questionnaire.personal_items,
            design=designs.get(item.id, 0),
        )


def every_section(questionnaire: Questionnaire) -> Iterator[ShownSection]:
    """All sections with everything they might ask: what the page ships to its script."""
    for section in questionnaire.sections:
        yield ShownSection(
            section.id,
            section.title,
            section.hint,
            tuple(
                Question(
                    item=item,
                    number=None,
                    answer=None,
                    error=None,
                    choices=item.choices,
                    rows=item.rows if isinstance(item, MatrixItem) else (),
                    personal=section.id == ABOUT_YOU,
                )
                for item in section.items
                if item.stage == "first"
            ),
        )


def answer_lines(sheet: Sheet, item: AnyItem) -> list[str]:  # noqa: PLR0911 - one return a kind
    """What was answered, as it is read back before sending; nothing for left blank."""
    answer = sheet.kept.get(item.id)
    match answer:
        case None:
            return []
        case str() if item.kind == "text":
            return answer.splitlines()
        case str():
            return [say(item.choice(answer).text)]
        case BestWorst():
            return _best_worst_lines(item, answer)
        case Mapping():
            rows = {row.id: say(row.text) for row in offered_rows(sheet.questionnaire, item, sheet.kept)}  # type: ignore[arg-type]
            return [f"{rows[row]}{_('：')}{say(item.choice(one).text)}" for row, one in answer.items()]
        case tuple() if item.kind == "rank_top":
            return [f"{place} {say(item.choice(one).text)}" for place, one in enumerate(answer, 1)]
        case tuple():
            return [_("、").join(say(item.choice(one).text) for one in answer)]
    return [str(answer)]


def _best_worst_lines(item: AnyItem, answer: BestWorst) -> list[str]:
    assert isinstance(item, BestWorstItem)
    lines = []
    for end, label in enumerate((item.best_label, item.worst_label)):
        chosen = [say(item.choice(one).text) for one in (screen[end] for screen in answer.screens) if one]
        if chosen:
            lines.append(f"{say(label)}{_('：')}{_('、').join(chosen)}")
    return lines
