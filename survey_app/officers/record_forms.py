"""Forms for what the university union enters of a unit: index of evidence, ledger figures, a veto."""

import re
from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import IntegerField, StringField
from wtforms.validators import Length

from survey_app.officers.forms import Day, Required, readable
from survey_app.services.recording import LONGEST_REASON
from survey_app.web.languages import gettext as _
from survey_app.web.languages import lazy_gettext as _l


class Whole(IntegerField):  # type: ignore[misc]
    """A whole number of 0 or more; may be left blank."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist[0] if valuelist else "").strip()
        self.data = int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None
        if text and self.data is None:
            raise ValueError(_("这里要填 0 以上的整数，没有就空着。"))


class _Faulty(FlaskForm):  # type: ignore[misc]
    def faults(self) -> list[tuple[str, str]]:
        """(field, sentence) in the order of the page."""
        wrong: Iterable[Any] = (field for field in self if field.errors and field.name != "csrf_token")
        return [(field.name, str(field.errors[0])) for field in wrong]


class RecordForm(_Faulty):
    evidence = Whole(_l("佐证材料得分"))
    cases = Whole(_l("台账办结件数"))
    solved = Whole(_l("其中解决件数"))


class VetoForm(_Faulty):
    reason = StringField(
        _l("理由"),
        [Required(_l("请写明理由。")), Length(max=LONGEST_REASON, message=_l("太长了，请删短一些。")), readable],
    )
    day = Day(_l("决定日期"), [Required(_l("请填写决定的日期。"))])
