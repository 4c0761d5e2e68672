"""What must be true before a draft becomes a poll, line by line: what is settled, what is advised, what stands in the way."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from questionnaires.design_checks import Circumstances, logic_rules, privacy_rules, translation_rules
from questionnaires.texts import Text
from survey_app.services.drafting import Document
from survey_app.services.finding_places import Path, is_in_item
from survey_app.services.reviewing import Review

Standing = Literal["settled", "advised", "blocked"]
Line = Literal["named", "asked", "routed", "anonymous", "worded", "comparable", "brief", "noticed", "translated"]

# Which line a rule of the design checks belongs to; the rest are about how things are worded.
_LINES: dict[str, Line] = {
    **dict.fromkeys((rule.id for rule in privacy_rules.RULES), "anonymous"),
    **dict.fromkeys((rule.id for rule in logic_rules.RULES), "routed"),
    **dict.fromkeys((rule.id for rule in translation_rules.RULES), "translated"),
    "missing_notice": "noticed",
    "too_much_time": "brief",
    "time_promised": "brief",
    "stable_changed": "comparable",
    "stable_left_out": "comparable",
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to mend or to think over: where in the document, and a sentence."""

    path: Path
    sentence: Text
    blocks: bool


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the list. `count`: a figure the line tells (minutes, questions, texts without English)."""

    id: Line
    matters: tuple[Matter, ...]
    count: int = 0

    @property
    def standing(self) -> Standing:
        if any(matter.blocks for matter in self.matters):
            return "blocked"
        return "advised" if self.matters else "settled"


def checklist(document: Document, review: Review, circumstances: Circumstances) -> tuple[CheckLine, ...]:
    """All lines, always in the same order; `comparable` only where something was asked before."""
    found: dict[Line, list[Matter]] = defaultdict(list)
    for fault in review.faults:
        inside = fault.path[:1] == ("sections",)
        line: Line = "routed" if "show_if" in fault.path else "asked" if inside else "named"
        found[line].append(Matter(fault.path, fault.sentence, blocks=True))
    for one in review.findings:
        found[_LINES.get(one.rule, "worded")].append(Matter(one.path, one.sentence, one.severity == "blocks"))
    found["translated"] += _without_english(review.untranslated)
    counts: dict[Line, int] = {
        "asked": _n_questions(document),
        "brief": max(1, round(review.minutes_needed or 0)),
        "translated": len(review.untranslated),
    }
    lines = (line for line in get_args(Line) if line != "comparable" or circumstances.earlier is not None)
    return tuple(CheckLine(line, tuple(found[line]), counts.get(line, 0)) for line in lines)


def _without_english(paths: tuple[Path, ...]) -> Iterator[Matter]:
    """One for each question, part or the whole, at its first text without English."""
    places: dict[Path, list[Path]] = defaultdict(list)
    for path in paths:
        places[path[:4] if is_in_item(path) else path[:2] if path[:1] == ("sections",) else ()].append(path)
    for lacking in places.values():
        n = len(lacking)
        many = Text(f"还没有英文（{n} 处）。", f"This has no English yet ({n} places).")
        yield Matter(lacking[0], many if n > 1 else Text("还没有英文。", "This has no English yet."), blocks=False)


def is_blocked(lines: tuple[CheckLine, ...]) -> bool:
    return any(line.standing == "blocked" for line in lines)


def _n_questions(document: Document) -> int:
    items = [item for section in document["sections"] for item in section["items"]]
    return sum(not isinstance(item, Mapping) or item.get("type") != "info" for item in items)
