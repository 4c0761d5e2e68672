"""A new poll: one form, a page to check everything, then frozen for good. Nothing is stored before that."""

from datetime import date, timedelta
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from questionnaires.fault_words import in_both
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text
from questionnaires.versions import Unpublishable, fingerprint, frozen_document
from survey_app.officers.checklists import questionnaire_of_draft
from survey_app.officers.choices import SLOTS, QuestionChoices, UnitChoices, open_places
from survey_app.officers.door import UNIVERSITY, blueprint, say, sentences, tell
from survey_app.officers.forms import BY_TICKET, PollForm
from survey_app.officers.questions import questionnaire_or_404
from survey_app.services import designing, publishing, registering
from survey_app.services.designing import Notice, PollDraft, TicketMeans
from survey_app.services.draft_checks import draft_faults
from survey_app.services.errors import Refusal
from survey_app.services.publication_plan import planned
from survey_app.services.publishing import Wanted
from survey_app.services.taking_slots import drafted
from survey_app.web.access import audience, current_officer
from survey_app.web.assets import bundle_sha384
from survey_app.web.instance import settings, stores, today
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language

Answer = Response | str | tuple[str, int]
Faults = list[tuple[str, str]]


@blueprint.get("/polls/new/<questionnaire_id>")
@audience(*UNIVERSITY)
def new_poll(questionnaire_id: str) -> Answer:
    """The form with everything suggested that can be."""
    questionnaire = _asked(questionnaire_id)
    if isinstance(questionnaire, str):
        return questionnaire, 422
    branches = registering.branches(stores())
    return _blank(questionnaire, branches) if branches else _units_first()


@blueprint.post("/polls/new/<questionnaire_id>")
@audience(*UNIVERSITY)
def described_poll(questionnaire_id: str) -> Answer:
    """The form comes back: `step` is check (the default), edit or freeze."""
    questionnaire = _asked(questionnaire_id)
    if isinstance(questionnaire, str):
        return questionnaire, 422
    branches = registering.branches(stores())
    if not branches:
        return _units_first()
    form = PollForm()
    units = UnitChoices.sent(request.form, branches)
    questions = QuestionChoices.sent(request.form, questionnaire)
    step = request.form.get("step")
    faults: Faults = []
    if step != "edit":
        form.validate_on_submit()
        draft, faults = _draft(form, units, questions, branches)
        if draft is not None and not faults:
            if step != "freeze":
                return _check(questionnaire, draft)
            try:
                return _frozen(draft)
            except Refusal as refusal:
                faults = [("poll_id", said) for said in sentences(refusal)]
    return _page(questionnaire, branches, form, units, questions, faults)


def _asked(questionnaire_id: str) -> Questionnaire | str:
    """A questionnaire of the library, or `draft:<id>`; the checklist of a draft that something stands in the way of."""
    kind, _colon, draft_id = questionnaire_id.partition(":")
    return questionnaire_of_draft(draft_id) if kind == "draft" else questionnaire_or_404(questionnaire_id)


def _units_first() -> Response:
    tell(_("先导入单位名单，才能发起调查。"))
    return redirect(url_for("officers.import_units"), 303)


def _frozen(draft: PollDraft) -> Response:
    bundle = bundle_sha384()
    means = TicketMeans(settings().secret, bundle) if bundle else None
    poll = designing.freeze_poll(stores(), draft, current_officer().name, today(), means)
    tell(_("已定稿锁定。题目、单位和答题方式从现在起不能再改。"))
    return redirect(url_for("officers.fieldwork", poll_id=poll.poll_id), 303)


def _blank(questionnaire: Questionnaire, branches: tuple[registering.BranchFacts, ...]) -> str:
    units = UnitChoices.suggested(branches, designing.suggested_merges(stores()), questionnaire)
    questions = QuestionChoices.suggested(questionnaire, units.sizes(branches))
    form = PollForm(formdata=None, data=_suggestions(questionnaire))
    page = _page(questionnaire, branches, form, units, questions, [])
    assert isinstance(page, str)
    return page


def _suggestions(questionnaire: Questionnaire) -> dict[str, Any]:
    now, chosen = today(), settings()
    first = now + timedelta(days=7 + (7 - now.weekday()) % 7)  # a Monday, with a week to print and hand out
    last = first + timedelta(days=13)
    wave = str(first.year)
    titles = _titles(questionnaire, wave)
    # A template says what templates are for, not what this poll is for.
    purpose = Text("") if questionnaire.template else questionnaire.purpose
    return {
        "title_zh": titles.zh,
        "title_en": titles.en,
        "wave": wave,
        "poll_id": publishing.free_poll_id(stores(), questionnaire.id, wave),
        "way": "open" if questionnaire.who.repeatable else "slip",
        "first_day": first,
        "last_day": last,
        "organiser_zh": chosen.organisation_zh,
        "organiser_en": chosen.organisation_en,
        "purpose_zh": purpose.zh,
        "purpose_en": purpose.en,
        "contact_zh": chosen.contact_zh,
        "contact_en": chosen.contact_en,
        "results_by": last + timedelta(days=54),
        "kept_until": date(last.year + 3, 12, 31),
    }


def _titles(questionnaire: Questionnaire, wave: str) -> Text:
    title = questionnaire.title
    if open_places(questionnaire):
        return Text("", "")  # a template says nothing about its matter yet
    return Text(f"{wave}年{title.zh}", f"{title.en or title.zh} {wave}")


def _draft(
    form: PollForm, units: UnitChoices, questions: QuestionChoices, branches: tuple[registering.BranchFacts, ...]
) -> tuple[PollDraft | None, Faults]:
    """The draft that was described, or every reason why it is none yet."""
    merges = units.merges(designing.suggested_merges(stores()))
    switches = questions.switches(units, merges, branches)
    faults = [*questions.faults, *form.faults(), *units.faults]  # in the order of the page
    if faults:
        return None, faults
    first_day, last_day = form.first_day.data, form.last_day.data
    assert first_day is not None
    assert last_day is not None
    wanted = Wanted(
        form.poll_id.data,
        Text(form.title_zh.data, form.title_en.data or None),
        form.wave.data,
        "ticket" if form.way.data in BY_TICKET else form.way.data,
        first_day,
        last_day,
        _notice(form),
        switches,
        merges,
        units.left_out,
        BY_TICKET.get(form.way.data, "two_phases"),
    )
    try:
        draft = publishing.draft_of(stores(), questions.questionnaire, wanted)
    except Unpublishable as unfit:
        # Only combinations of switches come here.
        reasons = " ".join(say(in_both(sentence)) for sentence in unfit.sentences)
        sentence = _("这样开关以后，有的题目没有了前提：%(reasons)s", reasons=reasons)
        return None, [("questions", sentence)]
    except Refusal as refusal:
        return None, [("units", said) for said in sentences(refusal)]
    if draft.way == "ticket":
        draft, unfit_days = drafted(stores(), draft)
        if unfit_days:
            return None, [("way", said) for said in sentences(Refusal(*unfit_days))]
    late = sentences(Refusal(*draft_faults(draft, today())))
    if (
        any(poll.poll_id == draft.poll_id for poll in designing.polls(stores()))
        and request.form.get("step") != "freeze"
    ):
        return None, [("poll_id", _("这个短名已经用过了，请换一个。"))]
    return draft, [("last_day", said) for said in late]


def _notice(form: PollForm) -> Notice:
    results_by, kept_until = form.results_by.data, form.kept_until.data
    assert results_by is not None
    assert kept_until is not None
    return Notice(
        Text(form.organiser_zh.data, form.organiser_en.data or None),
        Text(form.purpose_zh.data, form.purpose_en.data or None),
        Text(form.contact_zh.data, form.contact_en.data or None),
        results_by,
        kept_until,
    )


def _page(
    questionnaire: Questionnaire,
    branches: tuple[registering.BranchFacts, ...],
    form: PollForm,
    units: UnitChoices,
    questions: QuestionChoices,
    faults: Faults,
) -> Answer:
    page = render_template(
        "officers/poll_form.html",
        questionnaire=questionnaire,
        branches=branches,
        form=form,
        units=units,
        questions=questions,
        slots=SLOTS,
        faults=faults,
        sentence=dict(reversed(faults)),
        short_forms=publishing.short_forms(questionnaire),
        floors={name: publishing.smallest_unit_asked(questionnaire, name) for name in questionnaire.personal_items},
        smallest=min(units.sizes(branches), default=0),
        language_now=language(),
    )
    return (page, 422) if faults else page


def _check(questionnaire: Questionnaire, draft: PollDraft) -> str:
    sent = [(name, value) for name, value in request.form.items(multi=True) if name not in {"csrf_token", "step"}]
    return render_template(
        "officers/poll_check.html",
        questionnaire=questionnaire,
        draft=draft,
        sent=sent,
        form=PollForm(formdata=None),
        smallest=publishing.smallest(draft.units),
        n_eligible=sum(unit.n_eligible for unit in draft.units),
        fingerprint=fingerprint(frozen_document(draft.questionnaire)),
        plan=planned(draft),
    )
