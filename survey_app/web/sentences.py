"""The results of a poll as sentences a reader can repeat, each with its figure, its doubt and the wave before.

No sentence says that something rose or fell: whether a change is real needs a test, which comes with its own page.
"""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from analysis.disclosure.released import EVERYBODY, ReleasedItem
from survey_app.web.languages import gettext as _
from survey_app.web.readings import Figure, Reading, top_box


@dataclass(frozen=True, slots=True)
class Sentence:
    """One of the three questions, answered. `before` is the same figure of the wave before, if that was released."""

    subject: str
    item: str
    column: str
    say: Markup
    figure: Figure
    before: Figure | None
    wave: str
    wave_before: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """How one question of a questionnaire is answered: the share of its favourable choices, and the words around it."""

    item: str
    subject: Callable[[], str]
    of_all: Callable[[], str]
    of_unit: Callable[[], str]


QUESTIONS: dict[str, tuple[Question, ...]] = {
    "staff_home_annual": (
        Question(
            "b02",
            lambda: _("主动帮了吗"),
            lambda: _("{figure} 的教职工说，分工会经常或总是主动了解他们的困难。"),
            lambda: _("{figure} 的人说分工会经常或总是主动了解困难。"),
        ),
        Question(
            "b05",
            lambda: _("解决了多少"),
            lambda: _("向工会提过困难的教职工里，{figure} 说最重要的一件已解决。"),
            lambda: _("向工会提过困难的人里，{figure} 说最重要的一件已解决。"),
        ),
        Question(
            "b01",
            lambda: _("满意吗"),
            lambda: _("{figure} 的教职工对分工会比较满意或非常满意。"),
            lambda: _("{figure} 的人比较满意或非常满意。"),
        ),
    ),
    "needs_annual": (
        Question(
            "a06",
            lambda: _("主动帮了吗"),
            lambda: _("工会知道的困难里，{figure} 已采取行动。"),
            lambda: _("工会知道的困难里，{figure} 已采取行动。"),
        ),
        Question(
            "a07",
            lambda: _("解决了多少"),
            lambda: _("工会知道、仍需帮助的困难里，{figure} 经工会帮助已解决。"),
            lambda: _("工会知道、仍需帮助的困难里，{figure} 经工会帮助已解决。"),
        ),
        Question(
            "a09",
            lambda: _("满意吗"),
            lambda: _("困难由工会办理过的人里，{figure} 对办理比较满意或非常满意。"),
            lambda: _("困难由工会办理过的人里，{figure} 对办理比较满意或非常满意。"),
        ),
    ),
}


def sentences(reading: Reading, earlier: Reading | None, unit_id: str = EVERYBODY) -> tuple[Sentence, ...]:
    """The answered questions of this poll for one unit, in the fixed order; empty for other questionnaires."""
    found = []
    for question in QUESTIONS.get(reading.poll.questionnaire, ()):
        item = reading.rated(question.item)
        if item is None:
            continue
        figure = _figure(reading, item, unit_id)
        item_before = earlier.rated(question.item) if earlier else None
        before = _figure(earlier, item_before, unit_id) if earlier and item_before else None
        words = question.of_all() if unit_id == EVERYBODY else question.of_unit()
        found.append(
            Sentence(
                subject=question.subject(),
                item=question.item,
                column=item.column,
                say=_spoken(words, figure),
                figure=figure,
                before=before,
                wave=reading.poll.wave,
                wave_before=earlier.poll.wave if earlier else None,
            )
        )
    return tuple(found)


def _figure(reading: Reading, item: ReleasedItem, unit_id: str) -> Figure:
    return top_box(reading.cell(unit_id, item.column))


def _spoken(words: str, figure: Figure) -> Markup:
    if not figure.shown:
        return Markup("{}").format(figure.why_withheld)
    before, after = words.split("{figure}")
    return Markup("{}<b>{}</b>{}").format(before, figure.words, after)
