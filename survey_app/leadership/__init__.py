"""Door 3, 校领导: read what a released poll says. Every figure on these pages comes from a `Released` document."""

from flask import Blueprint

from survey_app.web.readings import spoken
from survey_app.web.year_words import places_words
from survey_app.web.years import dimension_of

blueprint = Blueprint("leadership", __name__, url_prefix="/leadership", template_folder="templates")
blueprint.add_app_template_filter(spoken, "spoken")
blueprint.add_app_template_global(dimension_of, "dimension_of")
blueprint.add_app_template_filter(places_words, "places_words")

from survey_app.leadership import (  # noqa: E402 - views register on the blueprint
    downloads,  # noqa: F401
    pages,  # noqa: F401
    plotly_file,  # noqa: F401
    research,  # noqa: F401
    year_pages,  # noqa: F401
)
