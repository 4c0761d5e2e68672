"""Paper: slips to cut and draw from a box, posters to hang."""

from flask import render_template, request
from werkzeug.wrappers import Response

from survey_app.officers.door import (
    OFFICERS,
    UNIVERSITY,
    as_pdf,
    blueprint,
    not_found,
    own_units,
    poll_or_404,
    sentences,
    state_of,
    tell,
)
from survey_app.officers.forms import SlipsForm
from survey_app.services import issuing, printing, terms
from survey_app.services.designing import FrozenPoll, ReportingUnit
from survey_app.services.errors import NoSuchTerm, PollClosed, Refusal
from survey_app.web.access import audience, current_officer
from survey_app.web.instance import settings, stores
from survey_app.web.languages import gettext as _

Answer = Response | str | tuple[str, int]


@blueprint.get("/polls/<poll_id>/poster.pdf")
@audience(*OFFICERS)
def poster(poll_id: str) -> Response:
    """A poster of one unit (?unit=) or of all an officer may look at."""
    _summary, poll = poll_or_404(poll_id)
    units = own_units(current_officer(), poll)
    wanted = request.args.get("unit")
    if wanted:
        units = tuple(unit for unit in units if unit.id == wanted)
    if not units:
        not_found()
    return as_pdf(printing.poster_pdf(poll, settings().public_address, units), f"poster-{poll_id}")


@blueprint.get("/terms/<term_id>/poster.pdf")
@audience(*UNIVERSITY)
def collecting_poster(term_id: str) -> Response:
    """Where members collect, with the term's fingerprint."""
    if not settings().sign_in.ways:
        not_found()
    try:
        found = terms.term(stores(), term_id)
    except NoSuchTerm:
        not_found()
    made = printing.collecting_poster_pdf(found, settings().public_address, settings().organisation_zh)
    return as_pdf(made, f"poster-{term_id}")


@blueprint.route("/polls/<poll_id>/slips", methods=["GET", "POST"])
@audience(*UNIVERSITY)
def slips(poll_id: str) -> Answer:
    """How many are drawn and left; drawing more returns their only copy, the PDF."""
    summary, poll = poll_or_404(poll_id)
    if poll.way == "open":
        not_found()
    form = SlipsForm()
    form.units = frozenset(unit.id for unit in poll.units)
    if request.method == "GET":
        form.unit.data = request.args.get("unit", "")
        return _page(poll, form, state_of(summary))
    if not form.validate_on_submit():
        return _page(poll, form, state_of(summary), [text for texts in form.errors.values() for text in texts])
    try:
        return _drawn(poll, form)
    except Refusal as refusal:
        return _page(poll, form, state_of(summary), sentences(refusal))
    except PollClosed:
        return _page(poll, form, "closed", [_("这项调查已停止收卷，不能再印答题码。")])


@blueprint.post("/polls/<poll_id>/slips/withdraw")
@audience(*UNIVERSITY)
def withdraw_slips(poll_id: str) -> Answer:
    """Void the slips of a unit, as long as none is used: the sheets were lost or misprinted."""
    summary, poll = poll_or_404(poll_id)
    unit = next((unit for unit in poll.units if unit.id == request.form.get("unit")), None)
    if poll.way == "open" or unit is None:
        not_found()
    form = SlipsForm(formdata=None)
    try:
        count = issuing.withdraw_slips(stores(), poll_id, unit.id, officer_name=current_officer().name)
    except Refusal as refusal:
        return _page(poll, form, state_of(summary), sentences(refusal))
    tell(_("已作废 %(n)s 张答题码，可以重新印。", n=count))
    return _page(poll, form, state_of(summary))


def _page(poll: FrozenPoll, form: SlipsForm, state: str, faults: list[str] | None = None) -> Answer:
    drawn = issuing.slips_drawn(stores(), poll.poll_id)
    rows = [(unit, drawn.get(unit.id, 0), unit.n_eligible - drawn.get(unit.id, 0)) for unit in poll.units]
    page = render_template("officers/slips.html", poll=poll, form=form, rows=rows, state=state, faults=faults or [])
    return (page, 422) if faults else page


def _drawn(poll: FrozenPoll, form: SlipsForm) -> Answer:
    printing.check_font()  # before anything is drawn: codes that cannot be printed would be lost
    drawn = issuing.slips_drawn(stores(), poll.poll_id)

    def count(unit: ReportingUnit) -> int:
        left = unit.n_eligible - drawn.get(unit.id, 0)
        return left if form.count.data is None else form.count.data

    one = form.unit.data
    units = [unit for unit in poll.units if (unit.id == one if one else count(unit) > 0)]
    if not units:
        return _page(poll, form, "open", [_("各单位的答题码都已印足，和应参加人数一样多。")])
    name = current_officer().name
    wanted = {unit.id: count(unit) for unit in units}
    codes = issuing.draw_slips_of_units(stores(), poll.poll_id, wanted, officer_name=name)
    made = printing.slips_pdf(poll, settings().public_address, codes)
    return as_pdf(made, f"slips-{poll.poll_id}" + (f"-{one}" if one else ""), download=True)
