"""The page that says how anonymity is kept, and who could see what."""

from flask import render_template

from survey_app.services.designing import polls
from survey_app.staff import blueprint
from survey_app.staff.board_page import scripts
from survey_app.web.access import EVERYONE, audience
from survey_app.web.instance import stores
from survey_app.web.languages import gettext as _


@blueprint.get("/anonymity")
@audience(EVERYONE)
def anonymity() -> str:
    by_ticket = any(poll.way == "ticket" for poll in polls(stores()))
    return render_template(
        "staff/anonymity.html", by_ticket=by_ticket, scripts=scripts(), who_sees=_who_sees(by_ticket=by_ticket)
    )


def _who_sees(*, by_ticket: bool) -> tuple[tuple[str, str, str], ...]:
    """Who, what they could see, what they could not."""
    return (
        (
            _("偷走全部数据库的人"),
            _("没有姓名、时间、先后的答卷；谁领过资格。") if by_ticket else _("没有姓名、时间、先后的答卷。"),
            _("哪一份是谁的：盖章时隔着信封，在数学上对不回去。") if by_ticket else _("哪一份是谁的：答题码是抽的。"),
        ),
        (
            _("系统管理员"),
            _("同上；那一刻正盯着服务器的话，还有一份答卷到了，从哪个网络地址来。"),
            _("是谁交的：交卷不登录，领和答隔一天。") if by_ticket else _("是谁交的：交卷不登录。"),
        ),
        (
            _("校工会干部"),
            _("谁还没有领；各分工会已答人数，按五取整；公布的汇总。")
            if by_ticket
            else _("各分工会已答人数，按五取整；公布的汇总。"),
            _("谁答了，答了什么；封箱前的任何结果。"),
        ),
        (_("分工会主席"), _("本分工会已答人数，按五取整；公布的汇总。"), _("谁答了，答了什么；封箱前的任何结果。")),
        (_("管理学校网络的人"), _("哪台设备什么时候打开过这个网站。"), _("填了什么，哪一份答卷是它交的。")),
        (
            _("拿着您这部手机的人"),
            _("领过资格，哪几次答过，没发出的草稿，您自己存下的回执。")
            if by_ticket
            else _("没发出的草稿，您自己存下的回执。"),
            _("已经发出的答案：发出后就清掉了。"),
        ),
    )
