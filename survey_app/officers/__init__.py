"""DOOR 2, 工会干部: units, polls, fieldwork, paper, the record of what was done."""

from survey_app.officers import (
    assessments,
    audit,
    bank,
    checklists,
    designer,
    drafts,
    drawing_slips,
    exchange,
    fieldwork,
    home,
    logic,
    polls,
    previews,
    prints,
    progress,
    questions,
    sealing,
    terms,
    translations,
    units,
    versions,
    wording,
)
from survey_app.officers.door import blueprint

__all__ = ["blueprint"]

_PAGES = (
    assessments,
    audit,
    bank,
    checklists,
    designer,
    drafts,
    drawing_slips,
    exchange,
    fieldwork,
    home,
    logic,
    polls,
    previews,
    prints,
    questions,
    sealing,
    terms,
    translations,
    units,
    versions,
)  # importing them registers their routes


@blueprint.context_processor
def _words() -> dict[str, object]:
    return {"span": progress.span} | {
        name: getattr(wording, name)
        for name in (
            "state_name",
            "way_name",
            "unit_type_name",
            "category_name",
            "cadence_name",
            "act_name",
            "minutes_of",
            "module_name",
            "place_name",
            "with_places",
            "field_name",
        )
    }
