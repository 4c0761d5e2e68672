"""The first page of a signed-in member: whose account this is."""

from flask import render_template

from survey_app.account.door import blueprint
from survey_app.web.access import MEMBER, audience


@blueprint.get("/")
@audience(MEMBER)
def home() -> str:
    return render_template("account/home.html")
