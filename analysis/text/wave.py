"""The words of a wave's comments: for everybody by theme, for units only where nothing smaller can be worked out."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.disclosure.released import EVERYBODY
from analysis.disclosure.suppression import hidden_cells
from analysis.polls import PollInHand
from analysis.text.themes import Theme, themes
from analysis.text.words import KeyWordList, WordList, frequent_words, key_words

Words = frozenset[str]
NOT_SHOWN = "not shown by rule"


@dataclass(frozen=True, slots=True)
class RowWords:
    """What a unit (or pool) says to one item; `key`: against everybody else who wrote to it."""

    row: str
    item: str
    words: WordList
    key: KeyWordList


@dataclass(frozen=True, slots=True)
class PollWords:
    """`themes`: of everybody, with the words of each item and those that mark it among the other items."""

    poll: str
    questionnaire: str
    themes: tuple[Theme, ...]
    rows: tuple[RowWords, ...]


@dataclass(frozen=True, slots=True)
class WaveWords:
    wave: str
    polls: tuple[PollWords, ...]


def wave_words(wave: str, polls: Iterable[PollInHand]) -> WaveWords:
    """The words of all polls of a wave, in the order of their ids; polls that ask for no text are left out."""
    found = (poll_words(poll) for poll in sorted(polls, key=lambda each: each.poll.poll_id))
    return WaveWords(wave, tuple(each for each in found if each.themes))


def poll_words(poll: PollInHand) -> PollWords:
    """Themes, frequent words and key words of one poll.

    Units appear where the release tells how many wrote there (ten or more). A word appears in a unit if ten or more used
    it there, and if neither everybody's number minus the units' numbers, nor what one unit leaves to all others, is a
    number from 1 to 9: the smallest unit is then left out with it, as the gate does with cells.
    """
    minimum = poll.released.rules.text_base
    places = {place: row.id for row in poll.rows if row.id != EVERYBODY for place in row.units}
    row_of = {unit: places.get(place, "") for place, unit in enumerate(poll.frame.units)}
    total = poll.row(EVERYBODY)
    inside = {poll.frame.units[place] for place in total.units} if total else set()
    everybody = [each for each in poll.comments if each.unit in inside]
    rows: list[RowWords] = []
    for item in dict.fromkeys(each.item for each in everybody):
        by_row: dict[str, list[Words]] = {}
        for each in everybody:
            if each.item == item:
                by_row.setdefault(row_of[each.unit], []).append(each.words)
        told = [row.id for row in poll.rows if row.id in by_row and _told(poll, row.id, item)]
        rows.extend(row_words(item, by_row, told, minimum))
    told_themes = themes(poll.book, everybody, minimum=minimum)
    return PollWords(poll.poll.poll_id, poll.poll.questionnaire.id, told_themes, tuple(rows))


def _told(poll: PollInHand, row: str, item: str) -> bool:
    count = poll.released.comment_count(row, item)
    return count is not None and count.withheld is None and (count.n or 0) >= poll.released.rules.text_base


def row_words(item: str, by_row: Mapping[str, Sequence[Words]], told: Sequence[str], minimum: int) -> list[RowWords]:
    """The words of the rows of one item that may be told beside the words of all of them together.

    Inputs: the words of each comment by row (all rows of the total, "" for what belongs to no row that is shown); `told`,
    the rows whose number of comments is released.
    """
    used = {row: Counter(word for words in said for word in words) for row, said in by_row.items()}
    allowed: dict[str, set[str]] = {row: set() for row in told}
    for word in {word for counts in used.values() for word in counts}:
        bases = {row: counts[word] for row, counts in used.items()}
        hidden = hidden_cells(bases, minimum)
        for row in told:
            rest = sum(bases.values()) - bases[row]
            if bases[row] >= minimum and row not in hidden and not 0 < rest < minimum:
                allowed[row].add(word)
    return [_row(item, row, by_row, allowed[row], minimum) for row in told]


def _row(
    item: str, row: str, by_row: Mapping[str, Sequence[Words]], allowed: Collection[str], minimum: int
) -> RowWords:
    elsewhere = [words for other, said in by_row.items() if other != row for words in said]
    words = frequent_words(by_row[row], minimum=minimum)
    key = key_words(by_row[row], elsewhere, minimum=minimum)
    shown = tuple(each for each in words.words if each.word in allowed)
    marking = tuple(each for each in key.words if each.word in allowed)
    return RowWords(
        row,
        item,
        words if shown == words.words else replace(words, words=shown, reason=None if shown else NOT_SHOWN),
        key if marking == key.words else replace(key, words=marking, reason=None if marking else NOT_SHOWN),
    )
