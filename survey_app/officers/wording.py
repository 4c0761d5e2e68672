"""How states, ways, acts and faults are put into words."""

import re

from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import PLACEHOLDER
from survey_app.services.register.faults import Fault
from survey_app.web.languages import gettext as _
from survey_app.web.languages import lazy_gettext as _l

TONGUE = re.compile("_(zh|en)$")
UNIT_TYPES = ("academic", "administrative", "support", "logistics", "retired")
CATEGORIES = ("teacher", "admin", "support", "logistics", "retired")


def state_name(state: str) -> str:
    """Where a poll stands, in a word or two."""
    return {
        "not_open": _("未开始"),
        "open": _("正在作答"),
        "over": _("待封箱"),
        "closed": _("待封箱"),
        "sealed": _("待公布"),
        "released": _("已公布"),
    }[state]


def way_name(way: str) -> str:
    return {"slip": _("凭匿名答题码"), "open": _("扫码即答"), "ticket": _("凭年度答题资格")}[way]


def unit_type_name(unit_type: str) -> str:
    return {
        "academic": _("学院"),
        "administrative": _("机关"),
        "support": _("直属"),
        "logistics": _("后勤"),
        "retired": _("离退休"),
    }.get(unit_type, unit_type)


def category_name(category: str) -> str:
    return {
        "teacher": _("专任教师"),
        "admin": _("行政管理"),
        "support": _("教辅"),
        "logistics": _("后勤服务"),
        "retired": _("离退休人员"),
    }.get(category, category)


def cadence_name(cadence: str) -> str:
    return {
        "yearly": _("每年一次"),
        "yearly_after_congress": _("每年教代会后"),
        "yearly_or_two_yearly": _("一到两年一次"),
        "after_each_event": _("每次活动后"),
        "continuous": _("常年"),
        "any": _("随时"),
    }.get(cadence, cadence)


def minutes_of(questionnaire: Questionnaire) -> str:
    if questionnaire.minutes < 1:
        return _("不到 1 分钟")
    return _("约 %(minutes)s 分钟", minutes=f"{questionnaire.minutes:g}")


def module_name(module: str) -> str:
    """A switch of a questionnaire, as a question to the officer."""
    return {"official_return": _("问“上报口径”的一题（满意、基本满意、不满意），供上级统计用")}.get(
        module, _("问“%(module)s”这一组题", module=module)
    )


def place_name(name: str) -> str:
    """A text to be filled in, by the name of its placeholder."""
    stem, _separator, tongue = name.rpartition("_")
    words = {"topic": _("问的是什么事"), "option1": _("选项一"), "option2": _("选项二"), "option3": _("选项三")}
    words |= {"officer_name": _("姓名"), "officer_post": _("职务")}
    word = words.get(stem, stem or name)
    return _("%(words)s（英文）", words=word) if tongue == "en" else word


def with_places(text: str) -> str:
    """A text with its places still to be filled in named in words: （选项一） for {{option1_zh}}."""
    return PLACEHOLDER.sub(lambda found: _("（%(place)s）", place=place_name(TONGUE.sub("", found[1]) + "_zh")), text)


def act_name(action: str) -> str:
    """What an officer did, as the record says it."""
    return {
        "freeze_poll": _("定稿锁定"),
        "draw_slips": _("印出匿名答题码"),
        "withdraw_slips": _("作废匿名答题码"),
        "close_poll": _("停止收卷"),
        "seal_poll": _("封箱"),
        "audit_poll": _("核对封存的答卷"),
        "copy_ballots": _("把封存的答卷交给审计人"),
        "backup": _("备份"),
        "release_poll": _("公布结果"),
        "release_assessment": _("公布年度评估"),
        "enter_records": _("填写记录"),
        "enter_veto": _("记下一票否决"),
        "withdraw_veto": _("撤回一票否决"),
        "import_units": _("导入单位"),
        "import_roster": _("导入名册"),
        "remove_roster": _("删除名册"),
        "open_term": _("开设年度"),
        "end_term": _("结束年度"),
        "mark_slip": _("登记抽取匿名答题码"),
        "mail_invitation": _("发出领取邀请"),
        "mail_reminder": _("发出领取提醒"),
        "stop_mailing": _("停止发送邮件"),
        "draw_personal_codes": _("印出登录码"),
        "new_draft": _("新建问卷草稿"),
        "archive_draft": _("收起问卷草稿"),
        "reopen_draft": _("取出问卷草稿"),
    }.get(action, action)


def field_name(field: str) -> str:
    """A column of a list, as the sheet might call it."""
    if field.startswith("count_"):
        return category_name(field.removeprefix("count_"))
    if field.startswith("pct_"):
        return _("%(category)s占比", category=category_name(field.removeprefix("pct_")))
    return {
        "branch_id": _("单位编号"),
        "name_zh": _("单位名称"),
        "name_en": _("英文名"),
        "unit_type": _("类型"),
        "members": _("会员人数"),
        "staff_no": _("工号"),
        "name": _("姓名"),
        "branch": _("所在单位"),
        "category": _("岗位类别"),
        "email": _("邮箱"),
    }[field]


#: What is wrong and what to do, by the kind of fault; `row`, `names`, `name`, `value` and `expected` are filled in.
FAULTS = {
    "empty": _l("文件是空的，请选一个有内容的文件。"),
    "too_large": _l("文件太大。单位名单和名册一般不到 1 MB，上限是 5 MB。"),
    "not_a_table": _l("这个文件读不出表格。请用 Excel 或 WPS 另存为 .xlsx，或导出 CSV。"),
    "old_excel": _l("这是旧版 Excel 文件（.xls）。请另存为 .xlsx 再上传。"),
    "locked": _l("这个文件有打开密码。请去掉密码再上传。"),
    "broken_encoding": _l("文件里的文字编码有误，读不出汉字。请用 Excel 或 WPS 另存为 .xlsx。"),
    "no_headings": _l("没有找到表头。请保留一行列名，例如“单位编号、单位名称、类型、会员人数”。"),
    "missing_columns": _l("第 %(row)s 行是表头，但少了这些列：%(names)s。"),
    "repeated_column": _l("表头里“%(name)s”出现了两次，请只留一列。"),
    "no_rows": _l("表头下面没有内容。"),
    "too_many_rows": _l("行数太多，最多 %(expected)s 行。"),
    "blank": _l("没有填。"),
    "formula": _l("这里是公式。请复制后“选择性粘贴”为数值。"),
    "unseen_character": _l("里面有看不见的字符，请重新输入。"),
    "too_long": _l("太长，最多 %(expected)s 个字。"),
    "bad_code": _l("编号只能用字母、数字和连字符，最多 20 个，例如 B01。"),
    "repeated_code": _l("和第 %(expected)s 行重复。"),
    "repeated_name": _l("和第 %(expected)s 行重复。"),
    "bad_address": _l("这不是完整的邮箱地址。没有邮箱的请留空。"),
    "repeated_address": _l("和第 %(expected)s 行的邮箱相同。每人要有自己的邮箱；没有的请留空。"),
    "unknown_type": _l("类型请填：学院、机关、直属、后勤或离退休。"),
    "unknown_category": _l("岗位类别请填：专任教师、行政管理、教辅、后勤或离退休。"),
    "unknown_unit": _l("单位名单里没有这个单位。"),
    "not_a_number": _l("这里要填数字。"),
    "not_whole": _l("人数要填整数。"),
    "out_of_range": _l("要在 %(expected)s 之间。"),
    "counts_differ": _l("各类人数加起来是 %(expected)s，会员人数是 %(value)s。"),
    "percent_differ": _l("各类占比加起来是 %(value)s%%，应为 100%%。"),
}


def fault_sentence(fault: Fault) -> str:
    """One fault of an uploaded list as a sentence that says what to do."""
    fields = fault.expected.split() if fault.kind == "missing_columns" else []
    values = {
        "row": fault.row,
        "names": _("、").join(field_name(field) for field in fields),
        "name": field_name(fault.column) if fault.column else "",
        "value": fault.value,
        "expected": fault.expected,
    }
    return str(FAULTS[fault.kind]) % values
