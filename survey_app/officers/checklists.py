"""The list before publishing: everything that must be true, each line with the way to its mend."""

from flask import render_template

from questionnaires.questionnaire import Questionnaire
from survey_app.officers import draft_places
from survey_app.officers.designer import draft_or_404, review_of
from survey_app.officers.door import UNIVERSITY, blueprint
from survey_app.services.draft_circumstances import circumstances
from survey_app.services.drafting import DraftState
from survey_app.services.publish_checks import CheckLine, checklist, is_blocked
from survey_app.web.access import audience
from survey_app.web.instance import stores
from survey_app.web.languages import gettext as _
from survey_app.web.languages import ngettext


@blueprint.get("/drafts/<draft_id>/checklist")
@audience(*UNIVERSITY)
def draft_checklist(draft_id: str) -> str:
    return checklist_page(draft_or_404(draft_id), refused=False)


def checklist_page(state: DraftState, *, refused: bool) -> str:
    """The page; `refused` when somebody came to publish and could not."""
    lines = checklist(state.document, review_of(state), circumstances(stores(), state))
    return render_template(
        "officers/checklist.html",
        state=state,
        lines=[(line, _words_of(line)) for line in lines],
        blocked=is_blocked(lines),
        n_advised=sum(len(line.matters) for line in lines if line.standing == "advised"),
        refused=refused,
        standing_name=standing_name,
        address_of=lambda path: draft_places.address_of(state.summary.id, path),
        place_of=lambda path: draft_places.place_of(state, path),
    )


def questionnaire_of_draft(draft_id: str) -> Questionnaire | str:
    """The questionnaire to ask; the page that says why not, if something stands in the way."""
    state = draft_or_404(draft_id)
    review = review_of(state)
    if review.questionnaire is None or not review.is_publishable:
        return checklist_page(state, refused=True)
    return review.questionnaire


def _words_of(line: CheckLine) -> str:
    """What is so, or what is not so yet."""
    n = line.count
    if line.standing != "settled" and line.id in (open_lines := _still_open(n)):
        return open_lines[line.id]
    said = {
        "named": _("问卷有名称、目的、开头和结尾的话"),
        "asked": ngettext("%(n)s 题都写完整了", "%(n)s 题都写完整了", n),
        "routed": _("跳题没有断头、没有循环，每一题都有人答得到"),
        "anonymous": _("认不出任何个人"),
        "worded": _("问法中立，选项周全"),
        "comparable": _("各年度保持原样的题没有改"),
        "brief": _("不超过 10 分钟（估计约 %(n)s 分钟）", n=n),
        "noticed": _("开头说明了是否记名"),
        "translated": ngettext("%(n)s 处没有英文，英文页上会显示中文", "%(n)s 处没有英文，英文页上会显示中文", n)
        if n
        else _("英文都有了"),
    }
    return said[line.id]


def _still_open(n: int) -> dict[str, str]:
    return {
        "named": _("问卷的名称、目的、开头或结尾还没有写"),
        "asked": _("有的题还没有写完整"),
        "routed": _("跳题有不通的地方"),
        "anonymous": _("有的题可能认出个人"),
        "worded": _("有的问法或选项值得再看"),
        "comparable": _("要保持原样的题改动了"),
        "brief": _("用时可能太长（估计约 %(n)s 分钟）", n=n),
        "noticed": _("开头没有说明是否记名"),
    }


def standing_name(standing: str) -> str:
    return {"settled": _("好了"), "advised": _("建议看看"), "blocked": _("必须改")}[standing]
