"""One look for all plotly figures: the palette of tokens.css (light), system fonts, nothing moving."""

from typing import Any

FONT = '"PingFang SC", "HarmonyOS Sans SC", MiSans, "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif'
INK, INK_2, LINE, SURFACE = "#23211d", "#545048", "#ded7c9", "#ffffff"
ACCENT, ACCENT_SOFT, OLD = "#0f5565", "rgba(15,85,101,.32)", "#8b8577"
LIKERT = ("#0f5565", "#79a9b3", "#dcd6ca", "#dfae6c", "#8f5410")

_AXIS = {"gridcolor": LINE, "linecolor": LINE, "zeroline": False, "ticks": "", "automargin": True, "fixedrange": True}

TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": FONT, "size": 14, "color": INK_2},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "colorway": [ACCENT, *LIKERT[1:]],
        "hoverlabel": {"bgcolor": SURFACE, "bordercolor": LINE, "font": {"family": FONT, "color": INK}},
        "margin": {"l": 8, "r": 16, "t": 8, "b": 28},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "showlegend": False,
        "separators": ". ",
    }
}


def figure(data: list[dict[str, Any]], alt: str, height: float, **layout: Any) -> dict[str, Any]:
    """A plotly figure as plain JSON; `alt` stands in layout.meta for the page to use as the chart's label."""
    return {"data": data, "layout": {"template": TEMPLATE, "height": round(height), "meta": {"alt": alt}, **layout}}
