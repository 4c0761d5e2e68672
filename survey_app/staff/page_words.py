"""What the page hands to its script: the questionnaire's logic, and every sentence the script may have to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from questionnaires.answers import Fault
from questionnaires.items import AnyItem, DateItem, MultiItem, NumberItem, RankItem, TextItem
from questionnaires.page_data import browser_data
from survey_app.staff.wording import fault_sentence, summary_words
from survey_app.web.languages import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from questionnaires.answers import FaultKind
    from survey_app.services.designing import FrozenPoll


def page_data(poll: FrozenPoll) -> dict[str, Any]:
    """JSON-safe: the poll's logic, the facts of each unit, and the words."""
    logic = browser_data(poll.questionnaire)
    return {
        "poll": poll.poll_id,
        "sections": [{"id": section["id"]} for section in logic["sections"]],
        "items": logic["items"],
        "units": {unit.id: dict(poll.facts(unit.id)) for unit in poll.units},
        "faults": _faults(poll.questionnaire.items),
        "words": words(),
    }


def _faults(items: Sequence[AnyItem]) -> list[tuple[str, str, list[str]]]:
    """[kind of fault, sentence, [item, ...]]: what many items say alike stands once."""
    found: dict[tuple[str, str], list[str]] = {}
    for item in items:
        for said in _sentences(item).items():
            found.setdefault(said, []).append(item.id)
    return [(kind, sentence, ids) for (kind, sentence), ids in found.items()]


def _sentences(item: AnyItem) -> dict[str, str]:
    """What the script says at one item, by kind of fault."""
    kinds: list[FaultKind] = ["missing"] if item.required else []
    match item:
        case MultiItem() | RankItem() if item.max_select:
            kinds.append("too_many")
        case TextItem():
            kinds += ["too_long", "bad_characters"]
        case NumberItem():
            kinds += ["not_a_number", "out_of_range"]
        case DateItem():
            kinds += ["not_a_date", "out_of_range"]
    return {kind: fault_sentence(item, Fault(item.id, None, kind)) for kind in kinds}


def words() -> dict[str, Any]:
    """The script's sentences in the language of the page. `%(n)s` and its like are filled in by the script."""
    return {
        "part": _("第 %(n)s 部分，共 %(all)s 部分"),
        "count": _("已答 %(n)s 题，共 %(all)s 题"),
        "not_sent": _("还没有发出。"),
        "saved": _("已存在本机。"),
        "unsaved": _("这个浏览器不让存草稿，请不要关掉这一页。"),
        "shared": _("没有存下任何东西，关掉这一页就没有了。"),
        "next": _("下一部分：%(title)s。"),
        "next_check": _("下一步：发出前看一遍。"),
        **summary_words(),
        "kept": _("您已经选的都还在。"),
        "foreign": _("这一题的选项不对，请重新选"),
        "at_question": _("第 %(n)s 题："),
        "error": _("错误："),
        "blank": _("未填写"),
        "change": _("更改"),
        "change_what": _("更改："),
        "comma": _("、"),
        "colon": _("："),
        "limit": _("最多选 %(n)s 项。要换一项，先点掉一项。"),
        "group_back": _("上一组"),
        "group_next": _("下一组"),
        "stays": _("中途可以退出，答案先留在本机，发出后就清掉。"),
        "resume": _("您上次答到一半，答案还在这台设备上。"),
        "resume_sending": _("您上次发出时网络断了。再发一次就好，不会重复计算。"),
        "go_on": _("接着答"),
        "no_code": _("请输入纸条上的答题码"),
        "no_unit": _("请选您的分工会"),
        "nothing_asked": nothing_asked(),
        "lost_start": _("没有连上网。请看看网络，再点一次。"),
        "sending": _("正在发送……"),
        "again": _("网络慢，正在再试。请不要关掉这一页。"),
        "lost": _("没有连上网。您的答案都还在本机，有网时再点一次；重复点也只算一份。"),
        "lost_shared": _("没有连上网。请不要关掉这一页，有网时再点一次；重复点也只算一份。"),
        "try_again": _("再试一次"),
        "refused": _("没有收下。您的答案都还在，请过一会儿再试；还是不行，请告诉校工会。"),
        **refusals(),
    }


def nothing_asked() -> str:
    """To somebody of a branch that none of the questions is for, e.g. none of whose officers is judged."""
    return _("这项调查没有要您分工会答的题。")


def refusals() -> dict[str, str]:
    """Why the server did not take a code or a ballot, by the code of its answer."""
    return {
        "wrong_code": _("这个答题码不对。请对照纸条再看一遍，字母和数字都要一样。"),
        "code_used": _("这张答题码已经交过一份，不能再交。如果不是您交的，请告诉校工会。"),
        "already_submitted": _("这一份已经收到过，答案以先收到的为准，不会重复计算。"),
        "poll_closed": _("这项调查已经停止收卷，这一份没有交上。"),
        "poll_not_open": _("这项调查还没有开始。"),
        "no_such_poll": _("没有找到这项调查。"),
        "no_such_unit": _("请选您的分工会"),
        "invalid_answers": _("有一题的答案对不上，请回头看一遍再发。"),
        "too_large": _("写的内容太长，请删短一些再发。"),
        "identifying_header": _("浏览器带上了登录信息，为了匿名没有收下。请换一个浏览器或用无痕窗口。"),
        "too_many_requests": _("现在试码的人太多，请过一分钟再试。"),
        "busy": _("现在忙不过来，请过一会儿再点一次。没有丢失任何答案。"),
    }
