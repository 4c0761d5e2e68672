"""What stands in the place of a chart that has nothing to draw: the sentence that says why."""

from analysis.charts.chart import Chart, svg, words
from analysis.charts.plotly_style import figure


def sentence_alone(sentence: str, width: float) -> Chart:
    """A chart of one sentence, on the page and in plotly."""
    return Chart(svg(width, 20, sentence, [words(0, 14, sentence, "t-s")]), figure([], sentence, 60), sentence)
