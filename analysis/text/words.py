"""Words of the comments: how many people used them, and which are used more here than elsewhere.

A comment lies in the box without its writer's ballot, and one person writes at most one comment to an item. So comments
to one item are counted as people; comments to several items never are (one person may have written them all).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.comparison.contingency import keyness
from analysis.comparison.multiplicity import adjusted_p
from analysis.estimation.intervals import Interval, wilson_interval
from analysis.text.masking import MARK, masked
from analysis.text.stop_words import STOP_WORDS

Said = str | frozenset[str]  # a comment, or its words, masked and cut already (words_of)
MINIMUM = 10  # respondents behind any word or text shown (assessment.md section 1)

_HAN = re.compile("[\u3400-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """`n_respondents` used it at least once, `share` (0..1) of all who wrote, with its Wilson interval."""

    word: str
    n_respondents: int
    share: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class WordList:
    """The words of one item's comments, most used first. `base`: those who wrote; None where too few did."""

    base: int | None
    words: tuple[Word, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A word used by a larger share here than elsewhere; `ratio` is that of the two shares, None if nobody used it there."""

    word: str
    n_here: int
    n_elsewhere: int
    g2: float
    p_adjusted: float
    ratio: float | None


@dataclass(frozen=True, slots=True)
class KeyWordList:
    """Words that mark one group of comments, strongest first."""

    base_here: int | None
    base_elsewhere: int | None
    words: tuple[KeyWord, ...] = ()
    reason: str | None = None


def words_of(text: str) -> frozenset[str]:
    """The distinct words of one comment, masked first: Chinese words of two characters or more, English of three letters.

    Chinese is cut by rjieba (its dictionary and its model for unknown words), English at anything but letters, in lower
    case, a plural s dropped where the word has more than four letters. Stop words, numbers and marks are left out.
    It misleads where the cutter splits a new expression; what is not in the dictionary may be counted in two halves.
    """
    text = MARK.sub(" ", masked(text))
    found = {_english(word) for word in _LATIN.findall(text)}
    found.update(word for run in _HAN.findall(text) for word in _cut(run))
    return frozenset(word for word in found if len(word) >= (3 if word.isascii() else 2) and word not in STOP_WORDS)


def frequent_words(comments: Iterable[Said], *, minimum: int = MINIMUM, most: int = 60) -> WordList:
    """How many people used each word in their comment to one item.

    Inputs: the comments to one item, one per person, as texts or as bags of words. Returns at most `most` words that at least `minimum` people used,
    by number, then alphabetically; none at all where fewer than `minimum` wrote. Counts are of people: a word repeated
    in one comment counts once. The order of the comments does not matter.

    Formula: share = people / all who wrote something; Wilson interval, for those who might have written.
    It misleads as an opinion poll: those who write are not those who answer; read the comments, then count.
    """
    sets = _written(comments)
    if len(sets) < minimum:
        return WordList(None, reason=_too_few(minimum))
    counts = Counter(word for each in sets for word in each)
    chosen = sorted((word for word, n in counts.items() if n >= minimum), key=lambda word: (-counts[word], word))
    base = len(sets)
    words = (Word(word, n := counts[word], n / base, wilson_interval(n, base)) for word in chosen[:most])
    return WordList(base, tuple(words), None if chosen else f"no word was used by {minimum} people or more")


def key_words(
    here: Iterable[Said],
    elsewhere: Iterable[Said],
    *,
    minimum: int = MINIMUM,
    items_elsewhere: int = 1,
    level: float = 0.05,
    most: int = 30,
) -> KeyWordList:
    """The words that a larger share of people used here than elsewhere.

    Inputs: comments of two groups of people to one item, or to one item against `items_elsewhere` others (praise against
    wishes), whose comments one person may have written several of: they need that many times the minimum. A word needs
    `minimum` people here, and either nobody or `minimum` people elsewhere: what 1 to 9 people said is never shown, nor
    to be had by subtraction. Returns words whose G2 is significant at `level` after Holm's correction over all words
    tested.

    Formula: G2 = 2 sum observed ln(observed / expected) of the table (used it, did not) by (here, elsewhere), on 1 degree
    of freedom. Counts are of people, not of occurrences, so one talkative writer cannot make a key word.
    It misleads when the two groups hold the same people (two items of one questionnaire): G2 then takes them for
    independent; differences of topic are so large there that it matters little. Small groups have few key words.

    Reference: Dunning (1993); Holm (1979). Checked against: contingency.keyness, which agrees with R vcd.
    """
    ours, theirs = _written(here), _written(elsewhere)
    least = minimum * items_elsewhere
    if len(ours) < minimum or len(theirs) < least:
        return KeyWordList(None, None, reason=_too_few(minimum))
    counts = Counter(word for each in ours for word in each)
    others = Counter(word for each in theirs for word in each)
    tested = [
        (found.g2, found.p, word)
        for word, n in counts.items()
        if n >= minimum and not 0 < others[word] < least and n * len(theirs) > others[word] * len(ours)
        if (found := keyness(n, len(ours), others[word], len(theirs))).g2 is not None
    ]
    tested.sort(key=lambda each: (-each[0], each[2]))
    adjusted = adjusted_p([p for _, p, _ in tested], "holm")
    words = [
        KeyWord(word, counts[word], others[word], g2, p, _ratio(counts[word], len(ours), others[word], len(theirs)))
        for (g2, _, word), p in zip(tested, adjusted, strict=True)
        if p is not None and p <= level
    ]
    return KeyWordList(len(ours), len(theirs), tuple(words[:most]), None if words else "no word marks this group")


def _ratio(count: int, base: int, other_count: int, other_base: int) -> float | None:
    return count * other_base / (other_count * base) if other_count else None


def _written(comments: Iterable[Said]) -> Sequence[frozenset[str]]:
    return [
        words_of(comment) if isinstance(comment, str) else comment
        for comment in comments
        if not isinstance(comment, str) or comment.strip()
    ]


def _too_few(minimum: int) -> str:
    return f"fewer than {minimum} people wrote"


def _english(word: str) -> str:
    word = word.lower().replace("’", "'").removesuffix("'s")
    plural = len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


def _cut(run: str) -> list[str]:
    import rjieba

    return list(rjieba.cut(run))
