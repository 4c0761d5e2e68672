"""The themes of what staff wrote, in the total; no single voice."""

from analysis.report.content import Cell, Column, Paragraph, Section, Table
from analysis.report.documents import WaveDocuments
from analysis.report.language import speech


def comments(documents: WaveDocuments, language: str) -> Section | None:
    """None while the release holds no themes."""
    _ = speech(language)
    themes = [each for released in documents.polls for each in released.themes if each.n_comments is not None]
    if not themes:
        return None
    most = sorted(themes, key=lambda theme: -(theme.n_comments or 0))
    rows = tuple((Cell(each.name.in_language(language), "strong"), Cell(f"{each.n_comments:,}")) for each in most)
    columns = (Column(_("主题"), 4, "left"), Column(_("条数"), 1))
    written = sum(
        count.n or 0 for released in documents.polls for count in released.comment_counts if count.unit == "ALL"
    )
    said = _(
        "全校共写下 %(n)s 条。一条可以属于几个主题；少于 %(least)s 条的主题不写。",
        n=f"{written:,}",
        least=documents.polls[0].rules.text_base,
    )
    return Section(_("写下的意见"), (Paragraph(said), Table("", columns, rows, small=True)), annex=True)
