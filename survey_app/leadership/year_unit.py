"""What the page of one unit says of a year: three sentences, criteria, its grade's conditions, its difficulties, its needs."""

from dataclasses import dataclass

from analysis.disclosure.released_assessment import UnitAssessment
from survey_app.leadership.grades import ConditionLine, condition_lines
from survey_app.leadership.needs_map import NeedsMap, needs_map
from survey_app.web.languages import gettext as _
from survey_app.web.readings import Reading, spoken
from survey_app.web.year_sentences import YearSentence, year_sentences
from survey_app.web.year_words import Verdict, band_name, change_verdict, flag_words, note_words, standing_verdict
from survey_app.web.years import Year, is_compared, is_indicative, is_pending


@dataclass(frozen=True, slots=True)
class UnitYear:
    unit: UnitAssessment
    name: str
    headline: str
    sentences: tuple[YearSentence, ...]
    verdicts: tuple[Verdict, ...]
    band: str
    conditions: tuple[ConditionLine, ...]
    flags: tuple[str, ...]
    notes: tuple[str, ...]
    needs: NeedsMap | None
    indicative: bool

    @property
    def any_criterion(self) -> bool:
        return any(each.group == "criterion" and each.score.shown for each in self.unit.dimensions)

    @property
    def knows_cases(self) -> bool:
        """Whether anything may be told of its difficulties."""
        return self.unit.cases.met is not None


def unit_year(year: Year, unit: UnitAssessment, main: Reading | None, asked: Reading | None) -> UnitYear:
    """`main`: the released yearly review; `asked`: the released needs survey of the same wave."""
    before = year.row_before(unit)
    verdicts = (
        standing_verdict(unit.standing) if is_compared(unit) else None,
        change_verdict(unit.change, unit.voice, before.voice if before else None),
    )
    return UnitYear(
        unit=unit,
        name=spoken(unit.name),
        headline=headline(year, unit),
        sentences=year_sentences(year, unit, main),
        verdicts=tuple(each for each in verdicts if each is not None),
        band=band_name(unit.band),
        conditions=condition_lines(unit),
        flags=tuple(flag_words(flag) for flag in unit.flags),
        notes=tuple(words for words in map(note_words, unit.notes) if words),
        needs=needs_map(asked, unit.unit) if asked and asked.unit(unit.unit) else None,
        indicative=is_indicative(unit),
    )


def headline(year: Year, unit: UnitAssessment) -> str:
    """The page's heading: what of the questions and criteria is clearly above or below, in words."""
    if is_pending(unit):
        return _("答卷有异常，先核实")
    if not is_compared(unit):
        return ""
    labels = {each.id: each.standing.label for each in unit.dimensions}
    ordered = [each.id for each in (*year.questions, *year.criteria)]
    above = [year.dimension_name(name) for name in ordered if labels.get(name) == "above"]
    below = [year.dimension_name(name) for name in ordered if labels.get(name) == "below"]
    if not above and not below:
        return _("各项与其他单位看不出差别") if any(labels.values()) else ""
    parts = [
        _("%(names)s明显高", names=_some(above)) if above else "",
        _("%(names)s明显低", names=_some(below)) if below else "",
    ]
    return _("，").join(part for part in parts if part)


def _some(names: list[str]) -> str:
    """One or two by name, more by number."""
    if len(names) > 2:
        return _("%(n)s 项", n=len(names))
    return _("和").join(_("“%(name)s”", name=name) for name in names)
