"""The answering page runs in WeChat on old Android phones: Chromium 70 and its like. Newer words are refused here.

Each with what to write instead. Style that an old browser may leave out (text-wrap, accent-color) needs no entry.
"""

import re
from pathlib import Path

import pytest

from survey_app.staff.style import SHEETS

STATIC = Path(__file__).parents[2] / "survey_app"
DOORS = [STATIC / "staff/static/staff", STATIC / "account/static/account"]
SCRIPTS = sorted(path for door in DOORS for path in door.glob("*.js"))
STYLES = sorted(
    {*(path for door in DOORS for path in door.glob("*.css")), *(STATIC / "web/static" / name for name in SHEETS[:2])}
)

SCRIPT_WORDS = [
    # pattern, first Chromium, write instead
    (r"\?\.(?!\d)", 80, "a && a.b"),
    (r"\?\?", 80, "a === undefined ? b : a"),
    (r"(\|\||&&)=", 85, "a = a || b"),
    (r"\bcatch \{", 66, "catch (refused) {, which Safari 11 also reads"),
    (r"\d_\d", 75, "figures without separators"),
    (r"(?<=\W)#\w+\s*[=(;]|\bstatic \w+ =", 74, "a constant of the module"),
    (r"\bimport\(|\bimport\.meta", 63, "an import at the top: the modules are one file when served"),
    (r"^await\b", 89, "an async function"),
    (r"\(\?<[=!]", 62, "a group; Safari before 16.4 knows no look-behind"),
    (r"\.(flat|flatMap)\(", 69, "[].concat(...list)"),
    (r"\.(at|findLast|toSorted|toReversed|toSpliced|with)\(", 92, "list[list.length - 1], list.slice().sort()"),
    (r"\b(fromEntries|hasOwn|groupBy)\(", 73, "a loop over Object.entries"),
    (r"\.(replaceAll|matchAll)\(", 73, "replace with /g"),
    (r"\.(allSettled|any)\(\[", 76, "Promise.all over promises that catch"),
    (r"\b(structuredClone|globalThis|queueMicrotask|requestIdleCallback)\b", 71, "JSON, window, setTimeout"),
    (r"AbortSignal\.(timeout|any)", 103, "an AbortController and setTimeout"),
    (r"\.(replaceChildren|togglePopover|showModal|requestSubmit|checkVisibility)\(", 76, "textContent = '' and appendChild"),
    (r"\brandomUUID\b", 92, "crypto.getRandomValues"),
]  # fmt: skip
STYLE_WORDS = [
    (r"(?<![-\w])(row-|column-)?gap\s*:", 84, "margins: flex boxes know no gap yet"),
    (r"(?<![-\w])inset(-\w+)*\s*:", 87, "top, right, bottom, left"),
    (r"(?<![-\w])(margin|padding|border)-(inline|block)\s*:", 87, "the sides by name"),
    (r"\baspect-ratio\s*:", 88, "a height"),
    (r"(?<![-\w])(min|max|clamp)\(", 79, "a width and a max-width, media queries"),
    (r":(is|where)\(", 88, "the selectors one by one"),
    (r"\b\d+[sdl]v[hw]\b", 108, "vh"),
    (r"@(layer|container|property|scope|starting-style)\b", 85, "plain rules"),
    (r"\b(color-mix|light-dark|oklch|lch)\(", 111, "a token with a colour for light and one for dark"),
    (r"&", 112, "selectors written out: no nesting"),
    (r"overflow\s*:\s*clip", 90, "overflow: hidden"),
    (r"[;{]\s*(translate|rotate|scale)\s*:", 104, "transform"),
]
IN_SUPPORTS_ONLY = [(r":has\(", 105, ""), (r":focus-visible", 86, "")]


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|(?m:^ *//.*$)", "", text, flags=re.DOTALL)


def without_supports(text: str) -> str:
    """The rules that every browser reads: no block of `@supports`, whatever blocks it holds."""
    kept, depth = [], 0
    for piece in re.split(r"(@supports[^{]*\{|[{}])", text):
        if depth or piece.startswith("@supports"):
            depth += piece.endswith("{") - (piece == "}")
        else:
            kept.append(piece)
    return "".join(kept)


def newer_words(text: str, words: list[tuple[str, int, str]]) -> list[str]:
    return [
        f"{found[0]!r} came with Chromium {version}; write {instead}"
        for pattern, version, instead in words
        for found in re.finditer(pattern, text, re.MULTILINE)
    ]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_of_staffs_pages_uses_no_word_newer_than_old_phones(path: Path) -> None:
    found = newer_words(without_comments(path.read_text("utf-8")), SCRIPT_WORDS)
    assert not found, f"{path.name}: " + "\n".join(found)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_of_staffs_pages_uses_no_word_newer_than_old_phones(path: Path) -> None:
    style = without_comments(path.read_text("utf-8"))
    found = newer_words(style, STYLE_WORDS) + [
        f"{word!r} outside @supports: an old browser drops the whole rule"
        for pattern, _, _ in IN_SUPPORTS_ONLY
        for word in re.findall(pattern, without_supports(style))
    ]
    assert not found, f"{path.name}: " + "\n".join(found)


@pytest.mark.parametrize(
    "line",
    ["a?.b", "a ?? b", "list.at(-1)", "Object.fromEntries(x)", "text.replaceAll('a', 'b')", "try { } catch { }"],
)
def test_the_list_knows_newer_script(line: str) -> None:
    assert newer_words(line, SCRIPT_WORDS)


@pytest.mark.parametrize("rule", ["a { gap: 4px }", "a{inset:0}", "a { width: min(1px, 2px) }", "a { & b { top: 0 } }"])
def test_the_list_knows_newer_style(rule: str) -> None:
    assert newer_words(rule, STYLE_WORDS)


def test_what_stands_in_supports_is_left_out() -> None:
    assert without_supports("a{} @supports selector(:has(a)) { b{} c{} } d{}") == "a{}  d{}"
