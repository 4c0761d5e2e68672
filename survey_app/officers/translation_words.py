"""What the designer's tab 翻译 says."""

from survey_app.web.languages import gettext as _


def translation_words() -> dict[str, str]:
    return {**_grid(), **_places()}


def _grid() -> dict[str, str]:
    return {
        "tab_translation": _("翻译"),
        "tab_translation_missing": _("翻译（缺 %(n)s 处）"),
        "tab_translation_changed": _("翻译（%(n)s 处要再看）"),
        "translation": _("中英对照表"),
        "translation_hint": _("英文可以不写全：没有英文的地方，选了英文的人看到中文。"),
        "translation_show": _("显示"),
        "translation_all": _("全部"),
        "translation_open": _("缺英文的和中文改过的"),
        "translation_missing": _("缺英文"),
        "translation_changed": _("中文改过"),
        "translation_counts": _("共 %(n)s 处，缺英文 %(missing)s 处，中文改过 %(changed)s 处"),
        "translation_complete": _("共 %(n)s 处，都有英文"),
        "translation_where": _("位置"),
        "translation_zh": _("中文"),
        "translation_en": _("英文"),
        "translation_of": _("%(where)s的英文：%(zh)s"),
        "translation_before": _("英文是按这句写的：%(zh)s"),
        "translation_fine": _("英文还对"),
        "translation_fine_of": _("英文还对：%(where)s，%(zh)s"),
        "translation_out": _("导出 CSV"),
        "translation_in": _("导入 CSV"),
        "translation_refused": _("这个文件没有导入，什么都没有改"),
        "translation_too_large": _("文件超过 5 MB。"),
        "translation_lost": _("没有导入，请再试一次。"),
    }


def _places() -> dict[str, str]:
    return {
        "grid_where": _("%(name)s · %(kind)s"),
        "grid_text": _("题目"),
        "grid_title": _("标题"),
        "grid_hint": _("说明"),
        "grid_help": _("提示"),
        "grid_short": _("简称"),
        "grid_purpose": _("为什么问"),
        "grid_intro": _("开头的话"),
        "grid_thanks": _("答完的话"),
        "grid_low_label": _("低端文字"),
        "grid_high_label": _("高端文字"),
        "grid_best_label": _("最先一栏"),
        "grid_worst_label": _("最后一栏"),
        "grid_options": _("选项"),
        "grid_extra_options": _("另加的选项"),
        "grid_rows": _("要评的事"),
        "grid_scale": _("量表"),
        "grid_short_form": _("简版"),
        "grid_measures": _("统计项"),
    }
