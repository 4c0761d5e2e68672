"""What invitations and reminders say: the same to everybody, in the languages of the installation. No name, no token."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_DAY_EN = "%-d %B"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What fills the letter's places. `page`: where members collect; `last_day`: of collecting."""

    organisation_zh: str
    organisation_en: str
    page: str
    last_day: date
    languages: Sequence[str]


def subject(kind: str, filled: Invitation) -> str:
    """The letter's subject, Chinese first."""
    zh = "请领取全年答题资格（约一分钟）" if kind == "invitation" else "提醒：您的全年答题资格还没有领"
    en = "Please collect your booklet for the year" if kind == "invitation" else "Your booklet is not collected yet"
    return f"{zh} / {en}" if "en" in filled.languages else zh


def text(kind: str, filled: Invitation) -> str:
    """The letter itself: Chinese, then English where the installation speaks it."""
    parts = [_chinese(kind, filled)]
    if "en" in filled.languages:
        parts.append(_english(kind, filled))
    return "\n\n----\n\n".join(parts) + "\n"


def _chinese(kind: str, filled: Invitation) -> str:
    first = (
        "您好！工会今年的调查开始领取全年答题资格。"
        if kind == "invitation"
        else "您好！您今年的全年答题资格还没有领。只看有没有领，才发这封提醒；谁答了、谁没答，系统里没有。"
    )
    return (
        f"{first}\n\n"
        "登录一次，领一次，大约一分钟；以后每次调查打开链接就能答，不用再登录，没有人能看到谁答了什么。\n\n"
        f"请在准备用来答题的手机上打开：\n{filled.page}\n\n"
        f"领取截止：{filled.last_day.month}月{filled.last_day.day}日。\n\n"
        "没有手机，或不想登录：每次调查都可以到分工会从纸箱里自己抽一张匿名答题码。\n\n"
        f"{filled.organisation_zh}"
    )


def _english(kind: str, filled: Invitation) -> str:
    first = (
        "Hello, the booklets for this year's polls can now be collected."
        if kind == "invitation"
        else (
            "Hello, your booklet for this year is not collected yet. That is all this reminder goes by: nobody knows "
            "who has answered."
        )
    )
    return (
        f"{first}\n\n"
        "Sign in once and collect once, about a minute. After that you open a poll's link and answer without signing in; "
        "nobody can see who answered what.\n\n"
        f"Open this on the phone that you will answer with:\n{filled.page}\n\n"
        f"Until {filled.last_day.strftime(_DAY_EN)}.\n\n"
        "No phone, or rather not sign in: for every poll you can draw an anonymous slip from the box at your branch.\n\n"
        f"{filled.organisation_en}"
    )
