"""Charts outside a page: the drawings of `analysis.charts` with their colours written in, and as PNG where vectors cannot go."""

import re

from analysis.charts import Chart
from analysis.report.content import Picture
from analysis.report.fonts import chinese_fonts

#: tokens.css (light), as `analysis.charts` names them.
TOKENS = {
    "ink": "#23211d", "ink-2": "#545048", "ink-3": "#6a655b", "surface": "#ffffff", "sunken": "#f2eee5",
    "line": "#ded7c9", "line-strong": "#8b8577", "accent": "#0f5565", "likert-1": "#8f5410", "likert-2": "#dfae6c",
    "likert-3": "#dcd6ca", "likert-4": "#79a9b3", "likert-5": "#0f5565", "diff-high-mark": "#0f5565",
    "diff-low-mark": "#8f5410", "on-likert-5": "#ffffff", "on-likert-1": "#ffffff",
}  # fmt: skip
#: What base.css and desk.css say of the marks.
RULES = (
    'text { font-family: "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif; font-size: 13px; fill: #545048; }'
    " .t-ink, .t-b { fill: #23211d; } .t-b { font-weight: 600; } .t-s { font-size: 12px; fill: #6a655b; }"
    " .axis { stroke: #ded7c9; stroke-width: 1; } .ref { stroke: #6a655b; stroke-width: 1; stroke-dasharray: 3 3; }"
    " .iv { stroke: #9fbbc1; stroke-width: 6; stroke-linecap: round; } .iv-old { stroke: #b9b3a6; stroke-width: 2; }"
    " .dot, .bar { fill: #0f5565; } .bar-track { fill: #f2eee5; } .bar-2 { fill: #79a9b3; } .bar-low { fill: #dfae6c; }"
    " .dot-old { fill: #ffffff; stroke: #8b8577; stroke-width: 2; }"
    " .low .iv { stroke: #d2bb9f; } .low .dot { fill: #8f5410; } .flat .iv { stroke: #d0cdc7; } .flat .dot { fill: #6a655b; }"
)
_PIXELS_AN_INCH = 96


def picture(chart: Chart, caption: str = "", width: float = 1) -> Picture:
    """A chart as a picture that needs no page around it."""
    drawing = re.sub(r"var\(--([\w-]+)\)", lambda found: TOKENS[found[1]], chart.svg)
    start = drawing.index(">") + 1
    drawing = drawing[:start] + f"<style>{RULES}</style>" + drawing[start:]
    drawing = drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Picture(drawing, chart.alt, caption, width, chart.svg)


def size(drawn: Picture) -> tuple[float, float]:
    """Width and height of the drawing in pixels."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn.svg)
    assert found is not None
    return float(found[1]), float(found[2])


def png(drawn: Picture, *, scale: float = 2.5) -> bytes:
    """The picture in pixels, `scale` of them for each of the drawing's; raises MissingFont."""
    import typst

    width, _height = size(drawn)
    source = (
        "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        f'#image(bytes(sys.inputs.svg), format: "svg", width: {width * 72 / _PIXELS_AN_INCH}pt)'
    )
    made = typst.compile(
        source.encode(),
        font_paths=chinese_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"svg": drawn.svg},
        format="png",
        ppi=_PIXELS_AN_INCH * scale,
    )
    assert isinstance(made, bytes)
    return made
