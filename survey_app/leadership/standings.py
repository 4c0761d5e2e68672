"""Units in three groups, each with the range of places it may have; inside a group by type, never by score."""

from dataclasses import dataclass

from markupsafe import Markup

from analysis.disclosure.released_assessment import UnitAssessment
from survey_app.web.languages import gettext as _
from survey_app.web.readings import RETIRED, spoken
from survey_app.web.year_drawings import places
from survey_app.web.year_words import band_name, change_brief, note_words
from survey_app.web.years import Year, is_compared, is_pending

LABELS = ("above", "not_distinguishable", "below")
KINDS = {"above": "", "below": "low", "not_distinguishable": "flat"}


@dataclass(frozen=True, slots=True)
class StandingRow:
    unit: UnitAssessment
    name: str
    band: str
    places: Markup
    change: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandingGroup:
    """`kind` colours the bars as the words say; units without a class stand apart with the reason."""

    name: str
    kind: str
    rows: tuple[StandingRow, ...]


def standings(year: Year) -> tuple[StandingGroup, ...]:
    """Clearly above, not told apart, clearly below; then what is to be checked, what has no class, and the retired."""
    ordered = [unit for group in year.groups for unit in group.units]
    compared = [unit for unit in ordered if is_compared(unit)]
    names = {
        "above": _("明显高于其他单位"),
        "not_distinguishable": _("看不出差别，先后次序没有意义"),
        "below": _("明显低于其他单位"),
    }
    found = [
        (names[label], KINDS[label], [unit for unit in compared if unit.standing.label == label]) for label in LABELS
    ]
    found += [
        (_("答卷有异常，先核实"), "flat", list(year.pending)),
        (_("人数少或作答少，不分组"), "flat", [unit for unit in compared if unit.standing.label is None]),
        (_("单列，不计入全校在职"), "flat", [u for u in ordered if not is_compared(u) and not is_pending(u)]),
    ]
    return tuple(
        StandingGroup(name, kind, tuple(_row(unit, kind) for unit in units)) for name, kind, units in found if units
    )


def _row(unit: UnitAssessment, kind: str) -> StandingRow:
    change = unit.change
    words = change_brief(change.label) or (spoken(change.reason) if change.reason else "")
    return StandingRow(
        unit=unit,
        name=spoken(unit.name),
        band="" if unit.unit_type == RETIRED else band_name(unit.band),
        places=places(unit.places, kind) if unit.places else Markup(""),
        change=words,
        notes=tuple(words for words in map(note_words, unit.notes) if words),
    )
