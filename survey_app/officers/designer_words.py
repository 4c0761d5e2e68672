"""Every sentence the designer's script says, in the language of the page."""

from survey_app.web.languages import gettext as _


def designer_words() -> dict[str, str]:
    return {
        **_outline(),
        **_types(),
        **_settings(),
        **_texts(),
        **_tools(),
        **_states(),
        **_findings(),
        **_preview(),
        **_bank(),
    }


def _outline() -> dict[str, str]:
    return {
        "untitled": _("（还没有写题目）"),
        "untitled_part": _("（还没有写标题）"),
        "untitled_whole": _("还没有名称的问卷"),
        "part_n": _("部分 %(n)s"),
        "question_n": _("第 %(n)s 题"),
        "info_item": _("说明"),
        "remarks": _("%(n)s 处建议"),
        "n_items": _("%(n)s 题"),
        "n_items_minutes": _("%(n)s 题，约 %(minutes)s 分钟"),
        "n_blocking": _("%(n)s 处必须改"),
        "n_warnings": _("%(n)s 处建议"),
        "no_remarks": _("没有发现问题"),
        "comma": _("、"),
    }


def _types() -> dict[str, str]:
    return {
        "which_type": _("加哪一种题？"),
        "type": _("题型"),
        "type_rating": _("量表题"),
        "type_hint_rating": _("一件事，从很满意到很不满意"),
        "type_matrix": _("矩阵量表"),
        "type_hint_matrix": _("几件事用同一个量表；手机上一件一件地问"),
        "type_single": _("单选题"),
        "type_hint_single": _("几个选项里选一个"),
        "type_multi": _("多选题"),
        "type_hint_multi": _("可以选几个，也可以说都没有"),
        "type_rank_top": _("排序题"),
        "type_hint_rank_top": _("按重要程度依次选出前几项"),
        "type_best_worst": _("最先和最后"),
        "type_hint_best_worst": _("分几组看，每组选出最该先办的和可以放最后的"),
        "best_label_zh": _("“最先”的文字（中文）"),
        "best_label_en": _("“最先”的文字（英文）"),
        "worst_label_zh": _("“最后”的文字（中文）"),
        "worst_label_en": _("“最后”的文字（英文）"),
        "type_text": _("填空题"),
        "type_hint_text": _("用自己的话写；与其他答案分开存放"),
        "type_number": _("填数字"),
        "type_hint_number": _("一个整数，有上下限"),
        "type_date": _("选日期"),
        "type_hint_date": _("某一天"),
        "type_likelihood": _("0 到 10 分"),
        "type_hint_likelihood": _("可能性，两端有文字"),
        "type_info": _("说明文字"),
        "type_hint_info": _("只给人看，不用回答"),
    }


def _settings() -> dict[str, str]:
    return {
        "settings_of_item": _("这一题的设置"),
        "settings_of_whole": _("整份问卷的设置"),
        "scale": _("量表"),
        "own_scale": _("本题自己的量表"),
        "design": _("几项，分几组看"),
        "design_of": _("%(n)s 项，每人看 %(screens)s 组"),
        "which_part": _("加哪一种部分？"),
        "part_empty": _("空的一部分"),
        "part_empty_hint": _("标题和题目都自己写"),
        "back_to_item": _("回到这一题"),
        "in_brackets": _("（%(words)s）"),
        "scale_points": _("量表的各级，从高到低"),
        "add_point": _("加一级"),
        "way_out_zh": _("不了解时选什么（中文）"),
        "way_out_en": _("不了解时选什么（英文）"),
        "options_source": _("选项从哪里来"),
        "rows_source": _("要评的事从哪里来"),
        "from_own": _("自己写"),
        "from_library": _("题库里的：%(name)s……"),
        "from_earlier": _("前面选中的：%(name)s"),
        "scale_unknown": _("这个量表不在题库里"),
        "is_required": _("必须回答才能往下"),
        "offers_na": _("提供“不了解／不适用”"),
        "max_select": _("最多选几项"),
        "max_length": _("最多写几个字"),
        "minimum": _("最小"),
        "maximum": _("最大"),
        "earliest": _("最早"),
        "latest": _("最晚"),
        "feeds": _("计入"),
        "feeds_nothing": _("不计入任何一项"),
        "more_settings": _("更多设置"),
        "is_sensitive": _("涉及健康或收入"),
        "sensitive_hint": _("不与个人情况交叉，也不逐字给分工会看。"),
        "is_stable": _("各年度保持原样"),
        "stable_hint": _("改了字，就不能再和往年比较。"),
        "is_randomized": _("选项顺序随机"),
        "item_id": _("题目代码"),
        "item_id_hint": _("只用小写字母、数字和下划线。答案按它存放。"),
        "minutes": _("大约几分钟"),
        "single_page": _("全部放在一页"),
        "exclusive": _("排他"),
        "exclusive_hint": _("选了它，其他的就自动取消，例如“都没有”"),
    }


def _texts() -> dict[str, str]:
    return {
        "text_zh": _("题目（中文）"),
        "text_en": _("题目（英文）"),
        "help_zh": _("提示（中文）"),
        "help_en": _("提示（英文）"),
        "short_zh": _("简称（中文，用在表格里）"),
        "short_en": _("简称（英文）"),
        "title_zh": _("名称（中文）"),
        "title_en": _("名称（英文）"),
        "purpose_zh": _("为什么问（中文）"),
        "purpose_en": _("为什么问（英文）"),
        "intro_zh": _("开头的话（中文）"),
        "intro_en": _("开头的话（英文）"),
        "thanks_zh": _("答完的话（中文）"),
        "thanks_en": _("答完的话（英文）"),
        "part_title_zh": _("标题（中文）"),
        "part_title_en": _("标题（英文）"),
        "part_hint_zh": _("这一部分的说明（中文，选填）"),
        "part_hint_en": _("这一部分的说明（英文，选填）"),
        "low_label_zh": _("0 分的文字（中文）"),
        "low_label_en": _("0 分的文字（英文）"),
        "high_label_zh": _("10 分的文字（中文）"),
        "high_label_en": _("10 分的文字（英文）"),
        "options": _("选项"),
        "extra_options": _("另加的选项"),
        "options_shared": _("选项来自题库：%(name)s……"),
        "options_carried": _("选项来自前面一题选中的"),
        "rows": _("要评的事"),
        "entry_zh": _("第 %(n)s 项（中文）"),
        "entry_en": _("第 %(n)s 项（英文）"),
        "entry_up": _("第 %(n)s 项上移"),
        "entry_down": _("第 %(n)s 项下移"),
        "entry_remove": _("去掉第 %(n)s 项"),
        "at_most_letters": _("最多写 %(n)s 个字"),
        "required": _("必答"),
        "optional": _("选填"),
    }


def _tools() -> dict[str, str]:
    return {
        "add_item_here": _("在这里加一题"),
        "add_option": _("加一个选项"),
        "add_row": _("加一件事"),
        "add_part_after": _("后面加一部分"),
        "part_not_empty": _("里面还有题目，先移走或删掉，才能删除这一部分。"),
        "duplicate": _("复制"),
        "up": _("上移"),
        "down": _("下移"),
        "delete": _("删除"),
        "change": _("更改"),
        "cancel": _("取消"),
        "add_rule": _("加跳题"),
        "edit_rule": _("改跳题"),
        "has_rule": _("有条件才问"),
        "undone": _("已撤销"),
        "redone": _("已重做"),
        "removed": _("已删除，可以撤销"),
        "copy_done": _("已复制，可以粘贴到别处"),
        "cut_done": _("已剪下，可以粘贴到别处"),
        "mend": _("这样改"),
        "mend_failed": _("没有改成，请自己改。"),
    }


def _states() -> dict[str, str]:
    return {
        "state_saved": _("已保存 %(at)s"),
        "state_saving": _("正在保存……"),
        "state_unsaved": _("有改动，马上保存"),
        "state_offline": _("没有连上网，内容都在这台电脑上，连上就保存"),
        "state_signed_out": _("登录已过期，内容都在这台电脑上。"),
        "state_conflict": _("别人也改了，请先选怎么办"),
        "state_refused": _("没有保存：%(sentence)s"),
        "state_refused_unknown": _("服务器没有收下，请再试一次。"),
        "sign_in_again": _("另开一页登录，再回到这里"),
        "conflict_title": _("这份问卷刚被别人改过"),
        "conflict_who": _("%(by)s 在 %(at)s 保存了另一个样子。"),
        "conflict_kept": _("您写的都还在。请选怎么办："),
        "conflict_theirs": _("用对方的"),
        "conflict_theirs_hint": _("您写的可以用“撤销”找回"),
        "conflict_mine": _("用我的"),
        "conflict_mine_hint": _("对方写的留在“以前的样子”里"),
        "conflict_copy": _("把我的另存一份"),
        "conflict_copy_hint": _("两份都留着，这里显示对方的"),
        "recovered_title": _("上次有内容没有保存"),
        "recovered_sentence": _("这台电脑上还留着您上次写的内容。"),
        "recovered_yes": _("接着写"),
        "recovered_no": _("不要了"),
    }


def _findings() -> dict[str, str]:
    return {
        "severity_blocks": _("必须改"),
        "severity_warns": _("建议改"),
        "severity_hints": _("可以考虑"),
    }


def _preview() -> dict[str, str]:
    return {
        "phone_preview": _("手机预览"),
        "not_final": _("现在看到的是未定稿"),
        "preview_language": _("预览的语言"),
        "in_chinese": _("中文"),
        "in_english": _("英文"),
        "preview_size": _("假设在多大的分工会"),
        "branch_of": _("%(n)s 人"),
        "try_out": _("试答一遍"),
        "not_asked_now": _("按现在的回答和分工会人数，手机上不问这一题。"),
    }


def _bank() -> dict[str, str]:
    return {
        "bank_title": _("从题库选一题"),
        "bank_search": _("搜题目或选项，中文英文都行"),
        "bank_looking": _("正在找……"),
        "bank_found": _("找到 %(n)s 题"),
        "bank_more": _("还有更多，请再写几个字。"),
        "bank_nothing": _("没有找到。换个词试试。"),
        "bank_lost": _("没有连上网，请再试一次。"),
        "bank_before": _("%(poll)s：%(base)s 人回答，%(share)s% 不了解"),
        "bank_before_plain": _("%(poll)s：%(base)s 人回答"),
        "bank_add": _("放到这里"),
        "bank_added": _("已从题库放入"),
    }
