"""Faults of documents in Chinese: no sentence of the readers is left without, whatever it quotes."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from questionnaires import fault_words
from questionnaires.documents import DocumentFaults, read_json
from questionnaires.library import shared

SOURCES = sorted(
    [
        *Path(fault_words.__file__).parent.glob("document*.py"),
        Path(fault_words.__file__).parent / "best_worst_designs.py",
        Path(fault_words.__file__).parent / "variants.py",
    ]
)
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def said(node: ast.expr) -> str | None:
    """The sentence an expression makes, with X for what it quotes; endings that may be missing are left out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = []
        for part in node.values:
            if isinstance(part, ast.Constant):
                parts.append(str(part.value))
            elif isinstance(part, ast.FormattedValue):
                optional = isinstance(part.value, ast.IfExp) or "_meant(" in ast.unparse(part.value)
                parts.append("" if optional else "'X'" if part.conversion == ord("r") else "X")
        return "".join(parts)
    return None


def sentences(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in docstrings:
            if isinstance(node, ast.Constant) and id(node) in inside:
                continue
            text = said(node)
            if text and " " in text and re.search(r"[.?]$", text) and not text.startswith(" "):
                yield text


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_sentence_in_the_source_has_its_chinese(path: Path) -> None:
    missing = [text for text in sentences(path) if fault_words.chinese_of(text) is None]
    assert not missing, f"add to questionnaires/fault_words.py: {missing}"


def test_the_source_is_really_looked_at() -> None:
    found = {text for path in SOURCES for text in sentences(path)}
    assert {"This is missing.", "There is no scale 'X'."} <= found
    assert len(found) > 55
    assert fault_words.chinese_of("Something that nobody says.") is None
    assert "This is missing." not in fault_words.in_both("Something that nobody says.").zh


def test_no_line_of_the_table_is_left_over() -> None:
    found = {text for path in SOURCES for text in sentences(path)}
    used = {
        english
        for english in fault_words._WORDS
        if any(
            re.fullmatch(re.sub(r"\\\{\w+\\\}", ".+", re.escape(english)), re.sub(r" Found: .*", "", one))
            for one in found
        )
    }
    assert set(fault_words._WORDS) == used


def test_quoted_words_and_numbers_are_kept() -> None:
    told = {
        "There is no scale 'satisfied'. Is 'satisfaction5' meant?": "没有“satisfied”这个量表。是不是想写“satisfaction5”？",
        "A whole number from 1 to 30 is wanted here. Found: nothing.": "这里要填 1 到 30 的整数。",
        "A whole number from 1 to 30 is wanted here. Found: 'x'.": "这里要填 1 到 30 的整数。现在写的是：“x”。",
        "A number item cannot be required: it has no place for 'rather not say'.": "数字题不能设为必答：它没有“不愿说明”这条出路。",
    }
    assert {english: fault_words.chinese_of(english) for english in told} == told


def test_faults_of_a_half_made_document_speak_chinese() -> None:
    half = '{"id": "Own", "title_zh": "x", "sections": [{"id": "p", "items": [{"id": "a", "type": "single"}, {"id": "a"}]}]}'
    with pytest.raises(DocumentFaults) as refusal:
        read_json(half, "", shared())
    for fault in refusal.value.faults:
        assert fault_words.chinese_of(fault.sentence), fault.sentence
        assert CHINESE.search(fault_words.in_both(fault.sentence).zh)
