"""Versions of a questionnaire: what changed in words, which waves stay comparable, earlier states, frozen ones to copy."""

import re
from itertools import groupby

from flask import redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from questionnaires.differences import Difference
from questionnaires.names import at_start, item_names, with_words
from questionnaires.questionnaire import Questionnaire
from survey_app.officers.designer import draft_or_404
from survey_app.officers.door import UNIVERSITY, blueprint, not_found, say, tell
from survey_app.officers.questions import ready
from survey_app.services import designing, draft_versions, drafting, signing_in
from survey_app.services.draft_versions import Comparison
from survey_app.services.drafting import DraftChanged, NoSuchDraft
from survey_app.web.access import audience, current_officer
from survey_app.web.instance import clock, stores
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language


@blueprint.get("/drafts/<draft_id>/versions")
@audience(*UNIVERSITY)
def versions(draft_id: str) -> str:
    """What was asked before and what of it may still be compared; the states this draft had."""
    state = draft_or_404(draft_id)
    later = draft_versions.as_far_as_read(state.document)
    return render_template(
        "officers/versions.html",
        state=state,
        waves=draft_versions.wave_standings(stores(), later),
        states=drafting.earlier_states(stores(), draft_id),
        names=signing_in.display_names(stores()),
        library=list(ready().values()),
        asked=designing.polls(stores()),
        clock=clock,
        form=FlaskForm(),
    )


@blueprint.get("/drafts/<draft_id>/differences")
@audience(*UNIVERSITY)
def draft_differences(draft_id: str) -> str:
    """What changed from an earlier state, a poll, a ready questionnaire or another draft to this draft."""
    state = draft_or_404(draft_id)
    wanted = request.args.get("with", "")
    try:
        earlier = draft_versions.version(stores(), wanted, draft_id)
    except NoSuchDraft:
        not_found()
    return _differences(earlier, draft_versions.as_far_as_read(state.document), wanted, draft_id=draft_id)


@blueprint.post("/drafts/<draft_id>/restore")
@audience(*UNIVERSITY)
def restore(draft_id: str) -> Response:
    """An earlier state as the next revision; what stood stays among the earlier states."""
    revision = request.form.get("revision", "")
    if not re.fullmatch(r"[0-9]{1,9}", revision):
        not_found()
    try:
        draft_versions.restored(stores(), draft_id, int(revision), current_officer().name)
        tell(_("以前的样子已经放回来。刚才的样子还在“版本”里。"))
    except NoSuchDraft:
        not_found()
    except DraftChanged:
        tell(_("刚才有人保存了，没有放回。请再看一遍。"))
        return redirect(url_for("officers.versions", draft_id=draft_id), 303)
    return redirect(url_for("officers.designer", draft_id=draft_id), 303)


@blueprint.get("/drafts/frozen/<poll_id>")
@audience(*UNIVERSITY)
def frozen(poll_id: str) -> str:
    """A questionnaire that was published: to read and to copy, never to change."""
    try:
        poll, questionnaire = draft_versions.asked(stores(), poll_id)
    except NoSuchDraft:
        not_found()
    waves = [wave for wave in draft_versions.wave_standings(stores(), questionnaire) if wave.poll.poll_id != poll_id]
    return render_template(
        "officers/frozen.html", poll=poll, questionnaire=questionnaire, waves=waves, form=FlaskForm()
    )


@blueprint.get("/drafts/frozen/<poll_id>/differences")
@audience(*UNIVERSITY)
def frozen_differences(poll_id: str) -> str:
    """What changed from one poll to another."""
    wanted = request.args.get("with", "")
    try:
        _poll, later = draft_versions.asked(stores(), poll_id)
        earlier = draft_versions.version(stores(), wanted)
    except NoSuchDraft:
        not_found()
    return _differences(earlier, later, wanted, poll_id=poll_id)


def _differences(earlier: Questionnaire, later: Questionnaire, wanted: str, **which: str) -> str:
    found = draft_versions.compared(earlier, later)
    names = _Names(found)
    return render_template(
        "officers/differences.html",
        found=found,
        name=version_name(wanted, earlier),
        later=later,
        around=[each for each in found.differences if each.item is None],
        items=_by_item(found, names),
        broken=[names.called(name) for name in found.broken],
        **which,
    )


class _Names:
    """What the questions of two versions are called: as they are now, or as they were where they are gone."""

    def __init__(self, found: Comparison) -> None:
        self.found = found
        self.before, self.now = item_names(found.earlier), item_names(found.later)

    def called(self, item_id: str) -> str:
        if item_id in self.now:
            return say(at_start(with_words(self.now[item_id], self.found.later.item(item_id).label)))
        return _("以前的%(name)s", name=say(with_words(self.before[item_id], self.found.earlier.item(item_id).label)))

    def number_before(self, item_id: str) -> str:
        """The number it had, where it has another one now."""
        both = item_id in self.now and item_id in self.before
        return say(self.before[item_id]) if both and self.before[item_id] != self.now[item_id] else ""


def _by_item(found: Comparison, names: _Names) -> list[tuple[str, str, list[Difference]]]:
    """The differences of each item together: what it is called, its number before if that was another, and the changes."""
    of_items = [each for each in found.differences if each.item is not None]
    grouped = []
    for item_id, each in groupby(of_items, key=lambda each: each.item or ""):
        changes = list(each)
        told = any(one.kind == "moved" for one in changes)  # that sentence says where it was
        grouped.append((names.called(item_id), "" if told else names.number_before(item_id), changes))
    return grouped


def version_name(wanted: str, questionnaire: Questionnaire) -> str:
    """What a version is called in a sentence."""
    kind, _colon, rest = wanted.partition(":")
    title = questionnaire.title.in_language(language())
    if kind == "revision":
        return _("第 %(n)s 次保存的样子", n=rest)
    if kind == "poll":
        return _("问过的“%(title)s”（%(wave)s）", title=title, wave=designing.poll_summary(stores(), rest).wave)
    return _("题库里的“%(title)s”", title=title) if kind == "library" else _("草稿“%(title)s”", title=title)
