"""A report as PDF: set by typst, charts as vectors, every text selectable."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from analysis.report.content import Block, Letterhead, Paragraph, Report, Section
from analysis.report.figures import day_words
from analysis.report.fonts import chinese_fonts
from analysis.report.language import speech
from analysis.report.pictures import size

SHAPE = Path(__file__).parent / "shapes" / "report.typ"
NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")


def pdf(report: Report) -> bytes:
    """The report set on A4; raises MissingFont."""
    import typst

    return typst.compile(
        SHAPE.read_bytes(),
        font_paths=chinese_fonts(with_system_fonts=True),
        sys_inputs={"data": json.dumps(_data(report), ensure_ascii=False)},
        format="pdf",
    )


def _data(report: Report) -> dict[str, Any]:
    _ = speech(report.language)
    return {
        "language": report.language,
        "title": report.title,
        "head": report.head,
        "opening": report.opening,
        "letterhead": _letterhead(report.letterhead, report.language),
        "sections": [_section(heading(place, each, report), each, report) for place, each in enumerate(report.body)],
        "annexes": [_section(each.title, each, report) for each in report.annexes],
        "words": {
            "page": _("第 {page} 页，共 {pages} 页"),
            "seal": _("（印章）"),
            "annex": _("附件"),
            "signer": _("签发人"),
        },
    }


def heading(place: int, section: Section, report: Report) -> str:
    """A section's title as it is printed, with its number in the manner of the language."""
    if report.language == "en":
        return f"{place + 1}  {section.title}"
    return f"{NUMERALS[place]}、{section.title}"


def numbered_leads(section: Section, report: Report) -> tuple[Block, ...]:
    """In a formal document the sentences to remember are numbered: （一）主动帮了吗。"""
    if not report.formal:
        return section.blocks
    found: list[Block] = []
    number = 0
    for block in section.blocks:
        if isinstance(block, Paragraph) and block.kind == "say":
            found.append(replace(block, lead=f"（{NUMERALS[number]}）{block.lead.rstrip('：')}。"))
            number += 1
        else:
            found.append(block)
    return tuple(found)


def _section(title: str, section: Section, report: Report) -> dict[str, Any]:
    blocks = [_block(block) for block in numbered_leads(section, report)]
    return {"title": title, "new_page": section.new_page and not report.formal, "blocks": blocks}


def _letterhead(head: Letterhead | None, language: str) -> dict[str, str] | None:
    if head is None:
        return None
    return asdict(head) | {"day": day_words(head.day, language)}


def _block(block: Block) -> dict[str, Any]:
    data = {"is": type(block).__name__.lower(), **asdict(block)}
    if "svg" in data:
        data["pixels"] = size(block)[0]  # type: ignore[arg-type]
        del data["marks"]
    return data
