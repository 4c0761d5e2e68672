"""What staff wrote, question by question: how many comments, and the words that many use. Never a single voice.

A theme of a release is the criterion its question belongs to; it tells what was asked, not what was said, so a reader gets
the question and its words.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.disclosure.released import EVERYBODY, Released
from analysis.report.content import Cell, Column, Paragraph, Section, Table
from analysis.report.documents import WaveDocuments
from analysis.report.figures import listed
from analysis.report.language import speech

MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class QuestionComments:
    """Comments to one question: `words` mark it among all questions where the release says so, else the most used."""

    question: str
    n: int
    words: tuple[str, ...]


def comments_of(released: Released, language: str, row: str = EVERYBODY) -> Iterator[QuestionComments]:
    """The text questions of a poll whose number of comments may be told, in the order of the questionnaire."""
    for count in released.comment_counts:
        if count.unit == row and count.n:
            own = [each for each in released.words if each.row == row and each.item == count.item]
            own.sort(key=lambda each: (not each.key, -each.n_people))
            item = next(iter(released.columns_of(count.item)), None)
            if item is None:
                continue
            # Words stand in the language they were written in, and each reader gets those of the own one.
            words = tuple(each.word for each in own if each.word.isascii() == (language == "en"))[:MOST_WORDS]
            yield QuestionComments(item.label.in_language(language), count.n, words)


def comments(documents: WaveDocuments, language: str) -> Section | None:
    """None where nobody may be told to have written."""
    _ = speech(language)
    found = [each for released in documents.polls for each in comments_of(released, language)]
    if not found:
        return None
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (Cell(each.question, "strong"), Cell(f"{each.n:,}"), Cell(listed(each.words, language))) for each in found
    )
    columns: tuple[Column, ...] = (
        Column(_("问题"), 2.4, "left"),
        Column(_("条数"), 0.8),
        Column(_("常用的词"), 5, "left"),
    )
    if not any(each.words for each in found):
        rows, columns = tuple(row[:2] for row in rows), columns[:2]
    said = _(
        "全校共写下 %(n)s 条。只列 %(least)s 人以上用过的词，不引原话。",
        n=f"{sum(each.n for each in found):,}",
        least=documents.polls[0].rules.text_base,
    )
    return Section(_("写下的意见"), (Paragraph(said), Table("", columns, rows, small=True)), annex=True)
