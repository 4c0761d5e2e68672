"""The same figures as plotly documents, for a reader who wants to point at them. Colours are tokens of the page.

Dots and bars only: plotly's heat maps write style attributes, which the content policy refuses.
"""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from survey_app.web.languages import gettext as _

if TYPE_CHECKING:
    from survey_app.web.contents import Line
    from survey_app.web.drawings import Mark
    from survey_app.web.readings import Figure

ROW, MARGIN = 34, 70


def dots(marks: Sequence["Mark"], wave: str) -> Markup:
    """Scores with their intervals; the wave before and the university as series of their own."""
    shown = [mark for mark in marks if mark.figure.shown]
    data = [_series(_("%(wave)s 年") % {"wave": wave}, [(mark.name, mark.figure) for mark in shown], "var(--accent)", "circle")]
    before = [(mark.name, mark.before) for mark in shown if mark.before and mark.before.shown]
    beside = [(mark.name, mark.beside) for mark in shown if mark.beside and mark.beside.shown]
    if before:
        data.append(_series(_("上一次"), before, "var(--line-strong)", "circle-open"))
    if beside:
        data.append(_series(_("全校在职"), beside, "var(--ink-2)", "line-ns-open"))
    return _document(data, [mark.name for mark in shown])


def bars(lines: Sequence["Line"]) -> Markup:
    """Shares from zero with their intervals."""
    names = [line.label for line in lines]
    data = [
        {
            "type": "bar",
            "orientation": "h",
            "y": names,
            "x": [line.figure.value for line in lines],
            "error_x": _errors([line.figure for line in lines], "var(--ink)"),
            "marker": {"color": "var(--accent)"},
            "customdata": [[line.figure.words, line.figure.interval, line.figure.base] for line in lines],
            "hovertemplate": _hover(),
            "name": "",
        }
    ]
    return _document(data, names, suffix="%")


def strip(rates: Sequence[tuple[int, str, bool]]) -> Markup:
    """Response rates: one dot a unit, named when pointed at."""
    data = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [rate for rate, _name, _low in rates],
            "y": [name for _rate, name, _low in rates],
            "marker": {
                "size": 11,
                "color": ["var(--likert-2)" if low else "var(--likert-4)" for _rate, _name, low in rates],
            },
            "hovertemplate": "%{y} %{x}%<extra></extra>",
            "name": "",
        }
    ]
    return _document(data, [name for _rate, name, _low in rates], suffix="%", row=24)


def _series(name: str, rows: Sequence[tuple[str, "Figure"]], colour: str, symbol: str) -> dict[str, Any]:
    figures = [figure for _name, figure in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "y": [label for label, _figure in rows],
        "x": [figure.value for figure in figures],
        "error_x": _errors(figures, colour),
        "marker": {"color": colour, "symbol": symbol, "size": 11, "line": {"width": 2, "color": colour}},
        "customdata": [[figure.words, figure.interval, figure.base] for figure in figures],
        "hovertemplate": _hover(),
    }


def _errors(figures: Sequence["Figure"], colour: str) -> dict[str, Any]:
    ups = [(figure.high or 0) - (figure.value or 0) for figure in figures]
    downs = [(figure.value or 0) - (figure.low or 0) for figure in figures]
    return {"type": "data", "array": ups, "arrayminus": downs, "color": colour, "thickness": 1.5, "width": 4}


def _hover() -> str:
    return (
        "%{y}<br><b>%{customdata[0]}</b> "
        + _("误差范围")
        + " %{customdata[1]}<br>"
        + _("有效回答")
        + " %{customdata[2]}<extra>%{fullData.name}</extra>"
    )


def _document(data: list[dict[str, Any]], names: Sequence[str], *, suffix: str = "", row: int = ROW) -> Markup:
    layout = {
        "height": MARGIN + row * len(names) + (30 if len(data) > 1 else 0),
        "margin": {"l": 8, "r": 16, "t": 10, "b": 30},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "var(--sans)", "size": 13, "color": "var(--ink)"},
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "var(--surface)", "bordercolor": "var(--line-strong)", "font": {"color": "var(--ink)"}},
        "showlegend": len(data) > 1,
        "legend": {"orientation": "h", "x": 0, "y": -0.12},
        "xaxis": {"gridcolor": "var(--line)", "zeroline": False, "ticksuffix": suffix, "fixedrange": True},
        "yaxis": {
            "categoryorder": "array",
            "categoryarray": list(reversed(names)),
            "automargin": True,
            "fixedrange": True,
            "gridcolor": "rgba(0,0,0,0)",
        },
    }
    # `<` is written so that no text of a questionnaire can end the script element that carries the document
    document = json.dumps({"data": data, "layout": layout}, ensure_ascii=False)
    return Markup(document.replace("<", "\\u003c"))  # noqa: S704 - JSON in a data block, never parsed as HTML
