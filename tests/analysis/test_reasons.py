"""No statistic gives a reason or a doubt that a Chinese reader could not read."""

import ast
import re
from pathlib import Path

from analysis.assessment.reasons import reason_in_words
from analysis.reasons import CHINESE, in_words

ANALYSIS = Path(__file__).parents[2] / "analysis"
ROOMS = ("areas", "assessment", "comparison", "estimation", "measurement", "needs", "text", "units")
SENTENCE = re.compile(r"[a-z][\w'’\"]*( [\w'’\",:;()%.?-]+){1,}")


def is_text_or_error(node: ast.AST) -> bool:
    named = isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Text", "Literal"}
    return named or isinstance(node, ast.Raise | ast.JoinedStr | ast.Assert)


def sentences(path: Path) -> set[str]:
    """String literals that read like a reason: lower case, three words or more, no docstring, no error message."""
    tree = ast.parse(path.read_text("utf-8"))
    left_out = {id(each) for node in ast.walk(tree) if is_text_or_error(node) for each in ast.walk(node)}
    left_out |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    literals = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {
        node.value
        for node in literals
        if id(node) not in left_out and SENTENCE.fullmatch(node.value) and node.value.count(" ") > 1
    }


def test_every_reason_a_statistic_gives_has_its_chinese() -> None:
    given = {
        sentence: path.relative_to(ANALYSIS)
        for room in ROOMS
        for path in sorted((ANALYSIS / room).rglob("*.py"))
        for sentence in sentences(path)
    }
    missing = {sentence: str(path) for sentence, path in given.items() if reason_in_words(sentence) is None}
    assert len(given) > 80
    assert not missing, f"Add these to analysis/reasons.py, or mark them as no reason: {missing}"


def test_no_chinese_stands_for_a_reason_that_nothing_gives() -> None:
    source = "".join(path.read_text("utf-8") for path in ANALYSIS.rglob("*.py") if path.name != "reasons.py")
    unused = [reason for reason in CHINESE if reason.replace('"', '\\"') not in source and reason not in source]
    assert not unused


def test_a_reason_becomes_a_sentence_in_both_languages() -> None:
    text = in_words("nobody answered")
    assert text is not None
    assert (text.zh, text.en) == ("无人作答", "Nobody answered.")
    assert in_words("something new") is None
