"""What staff need: how many meet it, and the most urgent, the hardest and the most wanted as three separate lists."""

from analysis.charts import share_bars
from analysis.disclosure.released import EVERYBODY
from analysis.report.content import Block, Cell, Column, Paragraph, Section, Table
from analysis.report.documents import WaveDocuments, has_unit
from analysis.report.figures import DASH, listed, share
from analysis.report.language import speech
from analysis.report.pictures import picture

MOST = 5
MOST_BARS = 6


def needs(documents: WaveDocuments, language: str, unit: str = EVERYBODY, *, bars: bool = True) -> Section | None:
    """None where no poll asked for needs, or nothing may be shown of this unit."""
    _ = speech(language)
    prevalence = documents.asked("need_prevalence")
    if prevalence is None or not has_unit(prevalence.released, unit):
        return None
    met = prevalence.figures(unit)
    blocks: list[Block] = []
    if met:
        most = listed(
            (f"{item.label.in_language(language)} {share(figure, language)}" for item, figure in met[:MOST]), language
        )
        base = met[0][1].base
        blocks.append(
            Paragraph(_("过去 12 个月最多人遇到的：%(needs)s。%(n)s 人回答，可多选。", needs=most, n=f"{base:,}"))
        )
        if bars:
            columns = [item.column for item, _figure in met]
            chart = share_bars(prevalence.released, unit, columns, language, limit=MOST_BARS, width=560)
            blocks.append(picture(chart, _("过去 12 个月遇到的困难"), width=0.9))
    table = _three_lists(documents, language, unit)
    if table:
        blocks.append(table)
    blocks += _priority(documents, language, unit)
    return Section(_("教职工的需要"), tuple(blocks)) if blocks else None


def _three_lists(documents: WaveDocuments, language: str, unit: str) -> Table | None:
    _ = speech(language)
    heads = ((_("最急的"), "need_urgent"), (_("靠自己最难解决的"), "need_hard"), (_("最需要工会帮助的"), "need_wanted"))
    lists, base = [], None
    for _title, measure in heads:
        asked = documents.asked(measure)
        figures = asked.figures(unit)[:MOST] if asked else ()
        base = figures[0][1].base if figures else base
        lists.append([f"{item.label.in_language(language)} {share(figure, language)}" for item, figure in figures])
    longest = max(map(len, lists))
    if not longest:
        return None
    rows = tuple(tuple(Cell(each[place] if place < len(each) else DASH) for each in lists) for place in range(longest))
    note = _("遇到困难的 %(n)s 人各选一项；三栏分开看，不相加。", n=f"{base:,}") if base else ""
    return Table(
        _("最急、最难、最需要工会帮助的"), tuple(Column(title, 1, "left") for title, _measure in heads), rows, note
    )


def _priority(documents: WaveDocuments, language: str, unit: str) -> list[Block]:
    """First and last of the best-worst question, for the whole university alone."""
    _ = speech(language)
    asked = documents.asked("need_priority", "best_worst")
    figures = asked.figures(unit) if asked and unit == EVERYBODY else ()
    if len(figures) < 2 * MOST:
        return []
    first = listed((item.label.in_language(language) for item, _figure in figures[:3]), language)
    last = listed((item.label.in_language(language) for item, _figure in figures[-3:]), language)
    return [
        Paragraph(_("让大家两头取舍时，最常选作先办的是%(first)s，最常放在最后的是%(last)s。", first=first, last=last))
    ]
