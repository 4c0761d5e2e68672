"""Charts of a release: SVG made on the server, and the same figure for plotly. They accept `Released` and
`ReleasedAssessment` and nothing else.

Every chart is drawn at the width it is shown, keeps its text size, has a sentence as its label and its numbers printed
beside the marks. No style attribute is written (strict content policy): marks carry the classes of base.css and desk.css,
and presentation attributes where a page has base.css alone.
"""

from analysis.charts.assessed import case_bars, place_bar, profile_dots, question_dots, wave_line
from analysis.charts.bars import share_bars
from analysis.charts.chart import Chart
from analysis.charts.distribution import distribution_bar, row_distribution_bar
from analysis.charts.dots import best_worst_dots, criteria_dots, score_dots, wave_dots
from analysis.charts.plotly_style import TEMPLATE
from analysis.charts.turnout import turnout_dots

__all__ = [
    "TEMPLATE",
    "Chart",
    "best_worst_dots",
    "case_bars",
    "criteria_dots",
    "distribution_bar",
    "place_bar",
    "profile_dots",
    "question_dots",
    "row_distribution_bar",
    "score_dots",
    "share_bars",
    "turnout_dots",
    "wave_dots",
    "wave_line",
]
