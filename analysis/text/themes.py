"""Comments grouped by the theme of the item they answer: how many, which words, and the masked texts for those who read them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from analysis.frame import Codebook, Comment, CommentWords, Text, TextItem
from analysis.text.masking import masked
from analysis.text.words import MINIMUM, KeyWordList, WordList, frequent_words, key_words, words_of


@dataclass(frozen=True, slots=True)
class ItemComments:
    """The comments to one item. `n`: how many people wrote, None where fewer than the minimum did (`reason`).

    `key` are the words that mark them among the comments to all other items of the poll.
    """

    item: str
    text: Text
    sensitive: bool
    n: int | None
    words: WordList
    key: KeyWordList
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Theme:
    """A measure that text items belong to.

    People are counted item by item: who wrote to two items of a theme cannot be known, so there is no number of people
    of a theme as a whole; `n_comments` counts comments.
    """

    id: str
    name: Text
    items: tuple[ItemComments, ...]
    n_comments: int | None
    reason: str | None = None


def themes(book: Codebook, comments: Iterable[Comment | CommentWords], *, minimum: int = MINIMUM) -> tuple[Theme, ...]:
    """What people wrote, by theme, in the order of the questionnaire.

    Inputs: the codebook of the poll; its comments, as texts or as bags of words (all units, or those of a group of units that the release shows).
    Comments to items the questionnaire does not have are refused. An item without a theme forms one of its own. Numbers
    below `minimum` are None with a reason, never zero; nobody at all is 0.

    It misleads when a theme is taken for a verdict: the item asked for praise or for wishes, and people did as asked.
    """
    by_item: dict[str, list[frozenset[str]]] = {item.id: [] for item in _text_items(book)}
    for comment in comments:
        if comment.item not in by_item:
            raise ValueError(f"The questionnaire has no text item {comment.item}.")
        if isinstance(comment, CommentWords):
            by_item[comment.item].append(comment.words)
        elif comment.text.strip():
            by_item[comment.item].append(words_of(comment.text))
    names = {measure.id: measure.text for measure in book.questionnaire.measures}
    found: dict[str, list[TextItem]] = {}
    for item in _text_items(book):
        for theme in item.themes or (item.id,):
            found.setdefault(theme, []).append(item)
    return tuple(_theme(theme, names.get(theme), items, by_item, minimum) for theme, items in found.items())


def texts_to_read(
    book: Codebook,
    comments: Iterable[Comment],
    theme: str,
    *,
    units: Collection[str] | None = None,
    for_the_branch: bool = False,
    minimum: int = MINIMUM,
) -> tuple[str, ...] | None:
    """The masked comments of a theme, in the order of their letters; None where fewer than `minimum` were written.

    For the few who must read them to summarise them, never for publication. `units`: only of these. `for_the_branch`
    leaves sensitive items out (health and money are never shown word for word to a branch).
    """
    items = {
        item.id
        for item in _text_items(book)
        if theme in (item.themes or (item.id,)) and not (for_the_branch and item.sensitive)
    }
    chosen = [
        comment.text
        for comment in comments
        if comment.item in items and (units is None or comment.unit in units) and comment.text.strip()
    ]
    return tuple(sorted(masked(text) for text in chosen)) if len(chosen) >= minimum else None


def _theme(
    theme: str,
    name: Text | None,
    items: Sequence[TextItem],
    by_item: dict[str, list[frozenset[str]]],
    minimum: int,
) -> Theme:
    counted = tuple(_item(item, by_item, minimum) for item in items)
    n, reason = _shown(sum(len(by_item[item.id]) for item in items), minimum)
    if any(each.n is None for each in counted):
        # Theme minus the other items would be the number withheld.
        n, reason = None, reason or f"an item of it was answered by fewer than {minimum} people"
    return Theme(theme, name or items[0].text, counted, n, reason)


def _item(item: TextItem, by_item: dict[str, list[frozenset[str]]], minimum: int) -> ItemComments:
    said = by_item[item.id]
    n, reason = _shown(len(said), minimum)
    others = [each for each in by_item if each != item.id]
    elsewhere = [words for each in others for words in by_item[each]]
    key = key_words(said, elsewhere, minimum=minimum, items_elsewhere=max(1, len(others)))
    words = frequent_words(said, minimum=minimum)
    return ItemComments(item.id, item.text, item.sensitive, n, words, key, reason)


def _shown(n: int, minimum: int) -> tuple[int | None, str | None]:
    return (None, f"fewer than {minimum} people wrote") if 0 < n < minimum else (n, None)


def _text_items(book: Codebook) -> list[TextItem]:
    return [item for item in book.questionnaire.items if isinstance(item, TextItem)]
