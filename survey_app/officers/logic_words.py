"""What the designer's tab 跳题 says: rules as sentences, the window for one rule, the map of the paths."""

from survey_app.services import registering
from survey_app.web.instance import stores
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language


def unit_names() -> dict[str, str]:
    """What a rule may call a unit: its code, and its name in the language of the page."""
    return {branch.id: branch.name(language()) for branch in registering.branches(stores())}


def logic_words() -> dict[str, str]:
    return {**_tabs(), **_sentences(), **_window(), **_window_values(), **_list(), **_broken()}


def _tabs() -> dict[str, str]:
    return {
        "tab_design": _("设计"),
        "tab_logic": _("跳题"),
        "tab_logic_faulty": _("跳题（%(n)s 处不通）"),
        "close": _("知道了"),
        "undo": _("撤销"),
    }


def _sentences() -> dict[str, str]:
    return {
        "rule_shown": _("显示，如果%(rule)s"),
        "rule_in": _("%(item)s选择了%(options)s"),
        "rule_not_in": _("%(item)s答了，但没有选%(options)s"),
        "rule_and": _("，并且"),
        "rule_or": _("，或者"),
        "rule_or_short": _("或"),
        "rule_group": _("（%(rule)s）"),
        "rule_quoted": _("“%(label)s”"),
        "rule_titled": _("%(label)s“%(title)s”"),
        "rule_members_gte": _("分工会有 %(n)s 人以上"),
        "rule_members_lte": _("分工会不超过 %(n)s 人"),
        "rule_members_eq": _("分工会正好 %(n)s 人"),
        "rule_members_between": _("分工会有 %(n)s 到 %(m)s 人"),
        "rule_unit": _("单位是%(names)s"),
        "rule_gone_item": _("已经没有的题（%(id)s）"),
        "rule_unreadable": _("（读不懂的条件）"),
        "rather_not_say": _("不愿说明"),
    }


def _window() -> dict[str, str]:
    return {
        "rule_title": _("什么时候问：%(name)s"),
        "rule_legend": _("%(name)s在这些条件下才问"),
        "rule_group_legend": _("一组条件"),
        "rule_how_many": _("要满足"),
        "rule_all": _("下面全部"),
        "rule_any": _("下面任意一条"),
        "rule_condition_n": _("条件 %(n)s"),
        "rule_subject": _("看什么"),
        "rule_subject_members": _("分工会人数"),
        "rule_subject_unit": _("所在单位"),
        "rule_choose": _("请选一题"),
        "rule_not_before": _("%(name)s（不在前面）"),
        "rule_how": _("怎样"),
        "rule_add": _("加一个条件"),
        "rule_add_group": _("加一组条件"),
        "rule_remove": _("去掉"),
        "rule_remove_n": _("去掉条件 %(n)s"),
        "rule_remove_group": _("去掉这一组"),
        "rule_reads": _("读出来是："),
        "rule_unfinished": _("还没有写完"),
        "rule_none": _("没有条件，总是问"),
        "rule_missing": _("有条件还没有选完：请选题目和选项，或者去掉那一条。"),
        "rule_done": _("就这样"),
        "rule_drop": _("总是问"),
    }


def _window_values() -> dict[str, str]:
    return {
        "rule_how_in": _("选择了其中任何一个"),
        "rule_how_not_in": _("答了，但一个都没有选"),
        "rule_how_gte": _("不少于"),
        "rule_how_lte": _("不超过"),
        "rule_how_eq": _("正好"),
        "rule_how_between": _("在两数之间"),
        "rule_people": _("人数"),
        "rule_people_to": _("到"),
        "rule_options": _("选项"),
        "rule_units": _("单位"),
        "rule_no_values": _("这里还没有可选的。"),
        "rule_gone_option": _("%(id)s（已经没有了）"),
    }


def _list() -> dict[str, str]:
    return {
        "rules": _("全部规则"),
        "rule_for_which": _("给哪一题或哪一部分加规则"),
        "rule_write": _("写规则"),
        "rule_filter": _("找规则"),
        "rule_only_faulty": _("只看不通的"),
        "rule_none_yet": _("还没有规则，每个人都答全部题目。"),
        "rule_count": _("共 %(all)s 条，显示 %(n)s 条"),
        "rule_edit_of": _("更改规则：%(name)s"),
        "rule_drop_of": _("总是问：%(name)s"),
        "path_map": _("作答路径"),
        "path_map_hint": _("从上往下答。有线连到的题，看前面的回答才问。"),
        "path_decides": _("决定问不问：%(names)s"),
    }


def _broken() -> dict[str, str]:
    return {
        "rule_broken_later": _("%(name)s的规则要看%(source)s，现在%(source)s排到了后面，规则不通了。"),
        "rule_broken_gone": _("%(name)s的规则要看的题已经不在了，规则不通了。"),
        "rule_broken_no_choices": _("%(name)s的规则要看%(source)s的选项，现在%(source)s没有选项了。"),
        "rule_broken_option": _("%(name)s的规则要看%(source)s的选项 %(option)s，现在没有这个选项了。"),
        "remove_rested_title": _("还有别的题要看%(name)s"),
        "remove_rested_rules": _("这些题的规则要看它：%(names)s。"),
        "remove_rested_carried": _("这些题的选项从它来：%(names)s。"),
        "remove_with_rules": _("连同这些规则一起删"),
        "remove_with_rules_hint": _("那些题从此总是问"),
        "remove_only": _("只删这一题"),
        "remove_only_hint": _("规则留着，由我来改"),
    }
