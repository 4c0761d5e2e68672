"""The library: ready questionnaires, what they ask, and from each a way to a poll."""

from functools import cache

from flask import render_template

from questionnaires.library import library
from questionnaires.questionnaire import Questionnaire
from survey_app.officers.door import UNIVERSITY, blueprint, not_found
from survey_app.web.access import audience


@cache
def ready() -> dict[str, Questionnaire]:
    """The questionnaires of the library that can be asked, by id, read once.

    Those that hand out tracking codes are not among them: a code to follow one's own message is not built yet.
    """
    return {name: each for name, each in library().items() if not each.issues_tracking_code}


def questionnaire_or_404(questionnaire_id: str) -> Questionnaire:
    found = ready().get(questionnaire_id)
    if found is None:
        not_found()
    return found


@blueprint.get("/questionnaires")
@audience(*UNIVERSITY)
def questionnaires() -> str:
    return render_template("officers/questionnaires.html", questionnaires=list(ready().values()))


@blueprint.get("/questionnaires/<questionnaire_id>")
@audience(*UNIVERSITY)
def questionnaire(questionnaire_id: str) -> str:
    return render_template("officers/questionnaire.html", questionnaire=questionnaire_or_404(questionnaire_id))
