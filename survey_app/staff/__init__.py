"""Door 1, 教职工: read what is asked and why, answer, keep a receipt, read results.

No cookie, no sign-in, no access log: nothing here knows who is asking.
"""

from flask import Blueprint

from survey_app.staff import style

blueprint = Blueprint("staff", __name__, template_folder="templates")
style.init(blueprint)

from survey_app.staff import (  # noqa: E402, F401 - views register on the blueprint
    anonymity,
    ballot_calls,
    board_page,
    boards,
    finding_receipts,
    pages,
    plain_form,
    plan,
    public_files,
    results,
    year_results,
)
