"""No statistic gives a reason or a doubt that a Chinese reader could not read."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest

from analysis.assessment.reasons import reason_in_words
from analysis.estimation.weights import unit_weights
from analysis.measurement.best_worst import MOST_OPTIONS
from analysis.measurement.composites import composites
from analysis.measurement.drivers import key_drivers
from analysis.measurement.reliability import reliability
from analysis.reasons import CHINESE, WITH_A_NUMBER, in_words
from analysis.text.words import frequent_words, key_words

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
    put_together = {reason for reason in CHINESE if reason.endswith(("stands for itself", "indicators above 0"))}
    put_together |= {reason for reason in CHINESE if reason.startswith("more than ") and "heads" not in reason}
    given = CHINESE.keys() - put_together
    unused = [reason for reason in given if reason.replace('"', '\\"') not in source and reason not in source]
    assert not unused


def test_reasons_put_together_from_a_number_or_a_word_have_their_chinese_too() -> None:
    many = np.zeros((3, 501))
    told = [
        *(found[0] for found in unit_weights([0, 0, 1], [0, 0, 0], [[1.0], [np.nan]]).notes.values()),
        *(composites([[0.0, 1.0]], [1, 1], form=form)[0].reason for form in ("geometric", "harmonic")),
        reliability(many).reason,
        key_drivers(np.zeros(3), many).reason,
        frequent_words(["食堂"] * 3, minimum=7).reason,
        frequent_words(["食堂"] + ["班车"] * 8, minimum=9).reason,
        key_words(["食堂"], ["班车"], minimum=7).reason,
    ]
    assert all(reason is not None and in_words(reason) is not None for reason in told), told
    assert MOST_OPTIONS == 200
    assert [text.zh for text in map(in_words, ("fewer than 12 people wrote",)) if text] == ["留言不足12人"]


@pytest.mark.parametrize("reason", WITH_A_NUMBER)
def test_a_reason_with_a_number_is_one_that_the_code_gives(reason: str) -> None:
    source = "".join(path.read_text("utf-8") for path in ANALYSIS.rglob("*.py") if path.name != "reasons.py")
    parts = reason.split("{}")
    assert re.search(re.escape(parts[0]) + r"\{\w+\}" + re.escape(parts[1]) + '"', source)


def test_a_reason_becomes_a_sentence_in_both_languages() -> None:
    text = in_words("nobody answered")
    assert text is not None
    assert (text.zh, text.en) == ("无人作答", "Nobody answered.")
    assert in_words("something new") is None
