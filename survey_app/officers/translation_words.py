"""What the designer's tab 翻译 says."""

from questionnaires.names import at_start
from questionnaires.text_places import WORDS
from survey_app.officers.door import say
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
    """The names of places are those of the translator's table."""
    return {"grid_where": _("%(name)s · %(kind)s")} | {
        f"grid_{name}": say(at_start(words)) for name, words in WORDS.items()
    }
