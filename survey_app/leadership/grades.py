"""Proposed grades: units by band, those with the same conditions missed together; what holds and what does not, in words."""

from dataclasses import dataclass

from analysis.disclosure.released_assessment import BandCondition, UnitAssessment
from survey_app.web.languages import gettext as _
from survey_app.web.readings import spoken
from survey_app.web.year_words import ABOVE, BANDS, band_name, condition_missed, condition_words, flag_words
from survey_app.web.years import Year


@dataclass(frozen=True, slots=True)
class Named:
    """A unit in a row of grades: `found` is its figure where one condition alone was missed."""

    unit: str
    name: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class GradeRow:
    """Units that miss the same conditions of the band above; `met` or `missed` in words."""

    units: tuple[Named, ...]
    met: str
    missed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    band: str
    name: str
    count: int
    rows: tuple[GradeRow, ...]


@dataclass(frozen=True, slots=True)
class VetoLine:
    unit: str
    reason: str
    day: str


def grades(year: Year) -> tuple[Grade, ...]:
    """The bands from the highest, each with its units: in-service units only, never in the order of a score."""
    found = []
    for band in BANDS:
        units = [unit for unit in year.in_service if unit.band == band]
        if units:
            found.append(Grade(band, band_name(band), len(units), _rows(band, units)))
    return tuple(found)


def _rows(band: str, units: list[UnitAssessment]) -> tuple[GradeRow, ...]:
    groups: dict[tuple[str, ...], list[UnitAssessment]] = {}
    for unit in units:
        groups.setdefault(_alike(unit), []).append(unit)
    return tuple(_row(band, own) for _names, own in sorted(groups.items(), key=lambda group: len(group[0])))


def _alike(unit: UnitAssessment) -> tuple[str, ...]:
    """Units with the same conditions missed, and the same flags behind a flag that holds them back, share a row."""
    names = tuple(each.name for each in missed(unit))
    return names + tuple(flag.name for flag in unit.flags if "no_open_flag" in names)


def _row(band: str, units: list[UnitAssessment]) -> GradeRow:
    conditions = missed(units[0])
    named = tuple(Named(unit.unit, spoken(unit.name), _found(missed(unit))) for unit in units)
    if band == "not_rated":
        return GradeRow(named, _("人数少或作答少，不评等次，不是差评"), ())
    met = _("条件全部达到") if band == "model" else _("达到%(band)s各项条件", band=band_name(band))
    return GradeRow(named, met if band == "model" or not conditions else "", _missed(units, conditions))


def missed(unit: UnitAssessment) -> tuple[BandCondition, ...]:
    """The conditions of the next higher band that the unit does not meet."""
    above = ABOVE.get(unit.band)
    return tuple(each for each in unit.conditions if each.band == above and each.met is False)


def _missed(units: list[UnitAssessment], conditions: tuple[BandCondition, ...]) -> tuple[str, ...]:
    if len(units) == 1:  # alone in its row: a flag can say what it found
        flags = [flag_words(flag) for flag in units[0].flags]
        return tuple(
            flags[0] if each.name == "no_open_flag" and flags else condition_missed(each) for each in conditions
        )
    return tuple(condition_missed(each) for each in conditions)


def _found(conditions: tuple[BandCondition, ...]) -> str:
    if len(conditions) != 1 or conditions[0].found is None:
        return ""
    percent = "%" if conditions[0].name in {"official_rate", "response_rate"} else ""
    return f"{conditions[0].found}{percent}"


def vetoes(year: Year) -> tuple[VetoLine, ...]:
    """What the university union entered, apart from every score."""
    return tuple(
        VetoLine(spoken(unit.name), veto.reason, veto.day) for unit in year.document.units for veto in unit.vetoes
    )


@dataclass(frozen=True, slots=True)
class ConditionLine:
    words: str
    met: bool


def condition_lines(unit: UnitAssessment) -> tuple[ConditionLine, ...]:
    """What the page of a unit shows: the conditions of the band above its own, or of the highest where it is there."""
    shown = ABOVE.get(unit.band, unit.band)
    own = [each for each in unit.conditions if each.band == shown]
    return tuple(ConditionLine(condition_words(each), each.met is not False) for each in own)
