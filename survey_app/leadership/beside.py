"""Figures of the university that are shown and never scored: rights, congress, openness, services, activities."""

from dataclasses import dataclass

from analysis.charts.wording import minus, spanned
from survey_app.services.method_cards import cards_in_force
from survey_app.web.readings import spoken
from survey_app.web.years import Year


@dataclass(frozen=True, slots=True)
class BesideLine:
    id: str
    name: str
    value: str
    interval: str
    base: int | None


def beside(year: Year) -> tuple[BesideLine, ...]:
    """Those that may be shown, by the names of their method cards, in the order of the document."""
    names = {card.id: spoken(card.title) for card in cards_in_force()}
    return tuple(
        BesideLine(
            each.id,
            names[each.id],
            minus(each.score.value),
            "" if each.score.low is None or each.score.high is None else spanned(each.score.low, each.score.high),
            each.score.base,
        )
        for each in year.university.shown
        if each.score.value is not None and each.id in names
    )
