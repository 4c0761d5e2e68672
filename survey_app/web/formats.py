"""How days and numbers are written in both languages."""

from datetime import date

from flask import Flask

from survey_app.web.languages import language

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day(value: date, *, year: bool = False, in_language: str | None = None) -> str:
    """11月22日 / 22 November; with year: 2026年11月22日 / 22 November 2026."""
    if (in_language or language()) == "zh":
        return (f"{value.year}年" if year else "") + f"{value.month}月{value.day}日"
    return f"{value.day} {MONTHS[value.month - 1]}" + (f" {value.year}" if year else "")


def weekday(value: date) -> str:
    return f"周{WEEKDAYS_ZH[value.weekday()]}" if language() == "zh" else WEEKDAYS_EN[value.weekday()]


def number(value: int) -> str:
    """1,935"""
    return f"{value:,}"


def percent(share: float) -> str:
    """0.553 -> 55%: whole points, half up."""
    return f"{int(share * 100 + 0.5)}%"


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(day=day, weekday=weekday, number=number, percent=percent)
