"""What may not be concluded from a year's assessment, the weightiest first, with the figures that forbid it."""

from survey_app.web.languages import gettext as _
from survey_app.web.readings import spoken
from survey_app.web.year_words import flag_words
from survey_app.web.years import Year

HIGH_RATE = 90  # per cent from which the official rate tells nothing apart
MOST_NAMED = 5


def year_cautions(year: Year) -> tuple[tuple[str, str], ...]:
    """The claim, and why not."""
    found = [_no_ranks(year)]
    found += [
        (
            _("不能拿%(unit)s的得分直接作比较。", unit=spoken(unit.name)),
            flag_words(unit.flags[0]) + _("。") + _("异常不是处罚，只是要再看一遍。"),
        )
        for unit in year.pending[:2]
    ]
    return tuple(each for each in (*found, _official_rate(year), _silent(year)) if each)


def _no_ranks(year: Year) -> tuple[str, str]:
    rated = [unit for unit in year.in_service if unit.standing.label]
    plain = sum(unit.standing.label == "not_distinguishable" for unit in rated)
    return (
        _("不能排出第 1 到第 %(n)s 名。", n=len(rated)),
        _("%(n)s 个单位与全校其他单位看不出差别，彼此的先后次序没有意义。", n=plain),
    )


def _official_rate(year: Year) -> tuple[str, str] | None:
    rates = [unit.official_rate.value for unit in year.in_service if unit.official_rate.value is not None]
    high = sum(rate >= HIGH_RATE for rate in rates)
    if len(rates) < MOST_NAMED:
        return None
    return (
        _("不能用上报口径比单位。"),
        _("“满意＋基本满意”在 %(n)s 个单位里有 %(high)s 个达到 90%%，分不出好坏。", n=len(rates), high=high),
    )


def _silent(year: Year) -> tuple[str, str] | None:
    units = year.indicative
    if not units:
        return None
    if len(units) > MOST_NAMED:
        reason = _("%(n)s 个单位的作答率不到 50%%，结果只作参考。", n=len(units))
    else:
        names = _("、").join(spoken(unit.name) for unit in units)
        reason = _("%(units)s的作答率不到 50%%，结果只作参考。") % {"units": names}
    return (_("不能替没有作答的人说话。"), reason)
