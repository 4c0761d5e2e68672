"""The charts of one page, drawn by `analysis.charts` at the widths of a desk and of a phone, so that words keep their size."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analysis import charts
from analysis.charts import Chart
from analysis.disclosure.released import EVERYBODY
from survey_app.web.contents import Block
from survey_app.web.languages import language
from survey_app.web.readings import Reading

DESK, SIDE, SENTENCE, PHONE = 700, 330, 316, 318  # widths in pixels: a card, a side column, one of three, a phone
#: The palette of analysis.charts.plotly_style as tokens, so that a figure follows a light or a dark page.
TOKENS = {
    "#23211d": "var(--ink)",
    "#545048": "var(--ink-2)",
    "#ded7c9": "var(--line)",
    "#ffffff": "var(--surface)",
    "#0f5565": "var(--accent)",
    "rgba(15,85,101,.32)": "var(--accent-line)",
    "#8b8577": "var(--line-strong)",
    "#79a9b3": "var(--likert-4)",
    "#dcd6ca": "var(--likert-3)",
    "#dfae6c": "var(--likert-2)",
    "#8f5410": "var(--likert-1)",
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart: `wide` for a desk, `narrow` for a phone, `plotly` for a reader who wants to point at it."""

    wide: Markup
    narrow: Markup
    plotly: Markup


class Drawings:
    """The drawings of one page, for one unit or for everybody."""

    def __init__(self, reading: Reading, earlier: Reading | None = None, unit: str = EVERYBODY) -> None:
        self.released = reading.released
        self.earlier = earlier.released if earlier else None
        self.unit = unit
        self.compare = EVERYBODY if unit != EVERYBODY else None

    def sentence(self, column: str) -> Drawing:
        """The favourable share of one item, this wave and the one before."""
        earlier = self.earlier
        if earlier is not None and all(item.column != column for item in earlier.items):
            earlier = None
        return self._drawn(
            lambda width: charts.wave_dots(self.released, self.unit, column, language(), earlier=earlier, width=width),
            SENTENCE,
        )

    def criteria(self) -> Drawing:
        """Scores of the criteria; for a unit with the university's as a short line."""
        return self._drawn(
            lambda width: charts.criteria_dots(
                self.released, self.unit, language(), earlier=self.earlier, compare=self.compare, width=width
            )
        )

    def priorities(self, block: Block) -> Drawing:
        columns = [line.column for line in block.lines]
        return self._drawn(
            lambda width: charts.best_worst_dots(self.released, self.unit, columns, language(), width=width)
        )

    def shares(self, block: Block, most: int | None = None, *, side: bool = False) -> Drawing:
        """Bars for the options of a question, the largest first; `side` for the narrow column of a desk."""
        columns = [line.column for line in block.lines]
        return self._drawn(
            lambda width: charts.share_bars(self.released, self.unit, columns, language(), limit=most, width=width),
            SIDE if side else DESK,
        )

    def distribution(self, column: str) -> Drawing:
        return self._drawn(lambda width: charts.distribution_bar(self.released, column, language(), width=width))

    def row_distribution(self, column: str) -> Drawing | None:
        """How one unit answered a column, in the answers or bands that may be told; None where nothing may."""
        found = self.released.row_distribution(self.unit, column) if column in self.released else None
        if found is None or found.withheld:
            return None
        return self._drawn(
            lambda width: charts.row_distribution_bar(self.released, self.unit, column, language(), width=width)
        )

    def turnout(self, *, side: bool = False) -> Drawing:
        return self._drawn(
            lambda width: charts.turnout_dots(self.released, language(), width=width), SIDE if side else DESK
        )

    def _drawn(self, draw: Callable[[int], Chart], wide: int = DESK) -> Drawing:
        return drawn(draw(wide), draw(PHONE))


def drawn(wide: Chart, narrow: Chart) -> Drawing:
    """A chart at both widths; analysis.charts escapes every text it writes."""
    return Drawing(Markup(wide.svg), Markup(narrow.svg), _document(wide.figure))  # noqa: S704


def _document(figure: dict[str, object]) -> Markup:
    """The figure as JSON for a data block; `<` is written so that no text of a questionnaire can end the block."""
    words = json.dumps(_with_tokens(figure), ensure_ascii=False)
    return Markup(words.replace("<", "\\u003c"))  # noqa: S704 - never parsed as HTML


def _with_tokens(value: object) -> object:
    match value:
        case str():
            return TOKENS.get(value, value)
        case dict():
            return {key: _with_tokens(each) for key, each in value.items()}
        case Sequence():
            return [_with_tokens(each) for each in value]
    return value
