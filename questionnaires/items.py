"""Items: one frozen class per type of question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from questionnaires.scales import Choice, ResponseScale
from questionnaires.skip_logic import Condition
from questionnaires.texts import Text

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2199, 12, 31)

Stage = Literal["first", "follow_up"]
Kind = Literal[
    "rating", "matrix", "single", "multi", "rank_top", "best_worst", "text", "info", "number", "date", "likelihood"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What all items share.

    `choices` is the complete list in document order (lists and scales resolved); the code at rest is the position in it.
    `short` is the label of the check-answers page and of tables. `stable` wording stays the same between years.
    `sensitive` answers (health, money) are never crossed with personal items nor shown verbatim to a branch.
    `prefill` names the value of the link that fills the item in. `module` is a switch used at publishing.
    `stage` is "follow_up" for what is asked when the sender comes back. `feeds` and `themes` are measure ids.
    `person` and `copy_of` are set on copies made for a per-person page: whose page, and which item it copies.
    """

    kind: ClassVar[Kind]

    id: str
    text: Text
    help: Text | None = None
    short: Text | None = None
    required: bool = False
    stable: bool = False
    sensitive: bool = False
    randomize: bool = False
    show_if: Condition | None = None
    feeds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    module: str | None = None
    stage: Stage = "first"
    prefill: str | None = None
    choices: tuple[Choice, ...] = ()
    person: str | None = None
    copy_of: str | None = None

    @property
    def label(self) -> Text:
        """The short label, or the text itself where there is none."""
        return self.short or self.text

    def choice(self, choice_id: str) -> Choice:
        """The choice of this id; KeyError if the item has none such."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        raise KeyError(choice_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingItem(Item):
    kind: ClassVar[Kind] = "rating"
    scale: ResponseScale
    display: Literal["rows", "faces"] = "rows"


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixItem(Item):
    """Several rows on one scale. With `rows_from`, only the rows chosen in that item are on the path."""

    kind: ClassVar[Kind] = "matrix"
    scale: ResponseScale
    rows: tuple[Row, ...]
    rows_from: str | None = None
    skip_rows_marked_na_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleItem(Item):
    """One choice. With `options_from`, the choices carried from that item are offered only if chosen there."""

    kind: ClassVar[Kind] = "single"
    options_from: str | None = None
    auto_answer_if_single: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiItem(Item):
    kind: ClassVar[Kind] = "multi"
    max_select: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RankItem(Item):
    """Up to `max_select` choices in order of importance."""

    kind: ClassVar[Kind] = "rank_top"
    max_select: int


@dataclass(frozen=True, slots=True)
class ShortForm:
    """The ranking question that may stand in for a best-worst item."""

    text: Text
    max_select: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BestWorstItem(Item):
    """`design[version][screen]` lists the positions in `choices` shown on that screen."""

    kind: ClassVar[Kind] = "best_worst"
    design: tuple[tuple[tuple[int, ...], ...], ...]
    best_label: Text
    worst_label: Text
    short_form: ShortForm | None = None

    @property
    def screens(self) -> int:
        return len(self.design[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class TextItem(Item):
    """Free text of at most `max_length` characters; it travels as a comment, never beside the codes."""

    kind: ClassVar[Kind] = "text"
    max_length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberItem(Item):
    """A whole number; never negative, because -1 at rest means left blank."""

    kind: ClassVar[Kind] = "number"
    minimum: int = 0
    maximum: int = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DateItem(Item):
    """A day from 1970 on (days since then at rest)."""

    kind: ClassVar[Kind] = "date"
    earliest: date = FIRST_DAY
    latest: date = LAST_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class LikelihoodItem(Item):
    """0 to 10, with words at both ends. The choices' ids are "0" to "10"."""

    kind: ClassVar[Kind] = "likelihood"
    low_label: Text
    high_label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoItem(Item):
    kind: ClassVar[Kind] = "info"


AnyItem = (
    RatingItem
    | MatrixItem
    | SingleItem
    | MultiItem
    | RankItem
    | BestWorstItem
    | TextItem
    | NumberItem
    | DateItem
    | LikelihoodItem
    | InfoItem
)


def carried_from(item: AnyItem) -> dict[str, str]:
    """The earlier items whose answers settle this item's choices or rows, by the property that names them."""
    names = ("options_from", "rows_from", "skip_rows_marked_na_in")
    return {name: earlier for name in names if (earlier := getattr(item, name, None)) is not None}
