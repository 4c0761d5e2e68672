"""The anonymised file for research: an administrator's alone, written into the record of what officers did."""

from io import BytesIO

from flask import render_template, send_file
from werkzeug.wrappers import Response

from survey_app.leadership import blueprint
from survey_app.leadership.plotly_file import plotly_address
from survey_app.services import researching
from survey_app.services.errors import NoSuchPoll, Refusal
from survey_app.web.access import audience, current_officer
from survey_app.web.instance import settings, stores
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language


@blueprint.post("/<poll_id>/research")
@audience("administrator")
def research_file(poll_id: str) -> Response | tuple[str, int]:
    """A ZIP with the data for SPSS and what is promised of it; a poll that cannot be made anonymous is refused in words."""
    officer = current_officer()
    try:
        made = researching.research_file(stores(), settings().instance, poll_id, officer.name, language())
    except (Refusal, NoSuchPoll) as refusal:
        sentences = [each.in_language(language()) for each in getattr(refusal, "sentences", ())]
        page = render_template(
            "leadership/refused.html",
            officer=officer,
            sees_all=True,
            plotly_address=plotly_address(),
            sentences=sentences or [_("没有这项调查的封箱文件。")],
        )
        return page, 404 if isinstance(refusal, NoSuchPoll) else 422
    name = _("研究用匿名数据 %(poll)s", poll=poll_id) + ".zip"
    response = send_file(BytesIO(made), mimetype="application/zip", as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "no-store"
    return response
