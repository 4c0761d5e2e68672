"""The officers' fixed forms. What a questionnaire adds of its own (switches, placeholders, units) is in `choices`."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    Optional,
    Regexp,
    StopValidation,
    ValidationError,
)

from survey_app.services.poll_facts import Mode
from survey_app.web.instance import settings
from survey_app.web.languages import gettext as _
from survey_app.web.languages import lazy_gettext as _l

#: What the form calls the ways by ticket, and whether collecting and answering lie on different days then.
BY_TICKET: dict[str, Mode] = {"ticket": "two_phases", "combined": "combined"}
LONGEST_TITLE = 60
LONGEST_TEXT = 300
UNSEEN = frozenset(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x202E, 0xFEFF, 0xFFFD])) - {"\n", "\r", "\t"}


class Required(InputRequired):  # type: ignore[misc]
    """InputRequired also takes white space for an answer; here it does not."""

    def __call__(self, form: Any, field: Any) -> None:  # noqa: ARG002 - WTForms' signature
        if not field.raw_data or not str(field.raw_data[0]).strip():
            field.errors[:] = []
            raise StopValidation(str(self.message))


def readable(_form: Any, field: Any) -> None:
    """Refuse control characters and what a broken encoding leaves behind."""
    if field.data and any(character in UNSEEN for character in field.data):
        raise ValidationError(_("里面有看不见或读不出的字符，请重新输入。"))


class Day(DateField):  # type: ignore[misc]
    """A calendar day; says in plain words when it is none."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        if not text:
            self.data = None
            return
        try:
            self.data = date.fromisoformat(text)
        except ValueError:
            self.data = None
            raise ValueError(_("这不是一个日期，请按 2026-11-09 的样子填写。")) from None
        if not 2000 <= self.data.year <= 2100:
            raise ValueError(_("年份要在 2000 到 2100 之间。"))


class Count(IntegerField):  # type: ignore[misc]
    """A whole number from 1 up; may be left blank."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        self.data = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None
        if text and not self.data:
            raise ValueError(_("张数要填 1 以上的整数。"))


def _text(label: Any, missing: Any = None, longest: int = LONGEST_TEXT, *, area: bool = False) -> Any:
    too_long = Length(max=longest, message=_l("太长了，请删短一些。"))
    presence = Required(missing) if missing else Optional()
    return (TextAreaField if area else StringField)(label, [presence, too_long, readable], filters=[_stripped])


def _stripped(value: str | None) -> str | None:
    return value.strip().replace("\r\n", "\n") if value else value


class PollForm(FlaskForm):  # type: ignore[misc]
    """Everything about a poll but its questions and units."""

    title_zh = _text(_l("调查名称"), _l("请填写调查名称。"), LONGEST_TITLE)
    title_en = _text(_l("英文名称"), longest=2 * LONGEST_TITLE)
    wave = StringField(
        _l("年度"),
        [
            Required(_l("请填写年度，例如 2026。")),
            Regexp(r"\d{4}(-[0-9A-Za-z]{1,8})?\Z", message=_l("年度写成 2026；一年办两次的，写成 2026-1、2026-2。")),
        ],
        filters=[_stripped],
    )
    poll_id = StringField(
        _l("网址里的短名"),
        [
            Required(_l("请填写网址里的短名。")),
            Regexp(
                r"[a-z0-9](?:[a-z0-9-]{1,30}[a-z0-9])\Z", message=_l("短名只能用小写字母、数字和连字符，3 到 32 个。")
            ),
        ],
        filters=[_stripped],
    )
    way = StringField(_l("怎样答题"), [Required(_l("请选择怎样答题。"))])
    first_day = Day(_l("第一天"), [Required(_l("请填写第一天。"))])
    last_day = Day(_l("最后一天"), [Required(_l("请填写最后一天。"))])
    organiser_zh = _text(_l("谁在问（中文）"), _l("请写明是谁在问。"), 80)
    organiser_en = _text(_l("谁在问（英文）"), longest=120)
    purpose_zh = _text(_l("为什么问（中文）"), _l("请写明为什么问。"), area=True)
    purpose_en = _text(_l("为什么问（英文）"), longest=2 * LONGEST_TEXT, area=True)
    contact_zh = _text(_l("联系方式（中文）"), _l("请写明有疑问找谁。"), 120)
    contact_en = _text(_l("联系方式（英文）"), longest=160)
    results_by = Day(_l("结果最晚哪天公布"), [Required(_l("请填写结果最晚哪天公布。"))])
    kept_until = Day(_l("答卷保存到哪天"), [Required(_l("请填写答卷保存到哪天。"))])

    def validate_way(self, field: Any) -> None:
        by_ticket = BY_TICKET if settings().sign_in.ways else {}  # members who cannot sign in collect no tickets
        if field.data not in {"slip", "open", *by_ticket}:
            raise ValidationError(_("请选择怎样答题。"))

    def validate_last_day(self, field: Any) -> None:
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError(_("最后一天不能早于第一天。"))

    def validate_results_by(self, field: Any) -> None:
        if field.data and self.last_day.data and field.data < self.last_day.data:
            raise ValidationError(_("公布结果不能早于最后一天。"))

    def validate_kept_until(self, field: Any) -> None:
        if field.data and self.results_by.data and field.data < self.results_by.data:
            raise ValidationError(_("答卷至少要保存到结果公布。"))

    def faults(self) -> Iterable[tuple[str, str]]:
        """(field, sentence) in the order of the page."""
        return [(field.name, str(field.errors[0])) for field in self if field.errors and field.name != "csrf_token"]


class SlipsForm(FlaskForm):  # type: ignore[misc]
    """How many slips for which unit; without a number, as many as are left."""

    units: frozenset[str] = frozenset()
    unit = StringField(_l("单位"))
    count = Count(_l("张数"))

    def validate_unit(self, field: Any) -> None:
        if field.data and field.data not in self.units:
            raise ValidationError(_("没有这个单位。"))


class UploadForm(FlaskForm):  # type: ignore[misc]
    """A list to look at before it is taken over."""

    kind = HiddenField()
    file = FileField(_l("文件"))


class ImportForm(FlaskForm):  # type: ignore[misc]
    """The list just looked at, by the token under which it waits."""

    token = HiddenField(validators=[DataRequired()])
    remove_absent = BooleanField()
