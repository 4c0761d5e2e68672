"""Random questionnaires of every kind of item, and answers to them: good, stale, partial and wrong."""

from datetime import date, timedelta
from pathlib import Path

from hypothesis import strategies as st

from questionnaires.answers import BestWorst
from questionnaires.documents import read_yaml
from questionnaires.items import (
    BestWorstItem,
    DateItem,
    InfoItem,
    LikelihoodItem,
    MatrixItem,
    MultiItem,
    NumberItem,
    RankItem,
    RatingItem,
    Row,
    SingleItem,
    TextItem,
)
from questionnaires.library import shared
from questionnaires.questionnaire import Questionnaire, Section, Who
from questionnaires.scales import RATHER_NOT_SAY, Choice
from questionnaires.skip_logic import All, AnyOf, FactCondition, ItemCondition
from questionnaires.texts import Text

CORPUS = Path(__file__).parent / "corpus"
WORD = Text("字", "word")
FACTS = st.fixed_dictionaries(
    {"branch_members": st.sampled_from([10, 30, 60]), "unit": st.sampled_from(["B07", "B08"])}
)


def corpus(name):
    return read_yaml((CORPUS / f"{name}.yaml").read_text("utf-8"), name, shared())


def corpus_names():
    return sorted(file.stem for file in CORPUS.glob("*.yaml"))


def around(sections):
    """The least questionnaire with these sections."""
    return Questionnaire(
        id="made_up", title=WORD, purpose=WORD, intro=WORD, thanks=WORD, minutes=1.0, cadence="any",
        who=Who(("anyone",)), sections=tuple(sections),
    )  # fmt: skip


def _choices(draw, *, least=2, exclusive=False, way_out=False):
    count = draw(st.integers(least, 5))
    choices = [Choice(f"c{place}", WORD) for place in range(count)]
    if exclusive and draw(st.booleans()):
        choices.append(Choice("none", WORD, role="exclusive", exclusive=True))
    if way_out:
        choices.append(RATHER_NOT_SAY)
    return tuple(choices)


def _condition(draw, earlier):
    """A condition on facts and on the items before, or none."""
    sources = [item for item in earlier if item.kind in {"single", "multi", "rating", "likelihood"}]
    kinds = ["none", "fact", *(["item", "item", "all", "any"] if sources else [])]
    kind = draw(st.sampled_from(kinds))
    if kind == "none":
        return None
    if kind == "fact":
        return draw(st.sampled_from([FactCondition("branch_members", gte=30), FactCondition("unit", eq="B07")]))
    if kind == "item":
        source = draw(st.sampled_from(sources))
        ids = tuple(draw(st.lists(st.sampled_from([c.id for c in source.choices]), min_size=1, unique=True)))
        return ItemCondition(source.id, in_=ids) if draw(st.booleans()) else ItemCondition(source.id, not_in=ids)
    parts = [_condition(draw, earlier) for _ in range(draw(st.integers(1, 3)))]
    parts = tuple(part for part in parts if part is not None)
    return None if not parts else All(parts) if kind == "all" else AnyOf(parts)


def _item(draw, item_id, earlier):  # noqa: C901, PLR0911, PLR0912 - one case per kind
    kinds = [
        "single",
        "multi",
        "rating",
        "matrix",
        "rank",
        "best_worst",
        "text",
        "number",
        "date",
        "likelihood",
        "info",
    ]
    multis = [item for item in earlier if isinstance(item, MultiItem)]
    matrices = [item for item in earlier if isinstance(item, MatrixItem)]
    kinds += ["carried", "rows_from"] * bool(multis) + ["skipping"] * bool(matrices)
    kind = draw(st.sampled_from(kinds))
    required = draw(st.booleans())
    condition = _condition(draw, earlier)
    base = {"id": item_id, "text": WORD, "show_if": condition}
    scale = draw(st.sampled_from([shared().scales["satisfaction5"], shared().scales["official3"]]))
    graded = (*scale.choices, scale.na)
    rows = tuple(Row(f"r{place}", WORD) for place in range(draw(st.integers(1, 3))))
    match kind:
        case "single":
            choices = _choices(draw, least=draw(st.sampled_from([1, 2])), way_out=required)
            return SingleItem(**base, choices=choices, required=required, auto_answer_if_single=draw(st.booleans()))
        case "carried":
            source = draw(st.sampled_from(multis))
            choices = tuple(choice for choice in source.choices if choice.role == "answer")
            choices += (Choice("own", WORD),) * draw(st.integers(0, 1)) + (RATHER_NOT_SAY,) * required
            automatic = draw(st.booleans())
            return SingleItem(
                **base, choices=choices, required=required, options_from=source.id, auto_answer_if_single=automatic
            )
        case "multi":
            choices = _choices(draw, exclusive=True, way_out=required)
            most = draw(st.one_of(st.none(), st.integers(1, len(choices))))
            return MultiItem(**base, choices=choices, required=required, max_select=most)
        case "rating":
            return RatingItem(**base, scale=scale, choices=graded, required=required)
        case "matrix":
            return MatrixItem(**base, scale=scale, choices=graded, rows=rows, required=required)
        case "rows_from":
            source = draw(st.sampled_from(multis))
            rows = tuple(Row(choice.id, WORD) for choice in source.choices if choice.role == "answer")
            return MatrixItem(**base, scale=scale, choices=graded, rows=rows, required=required, rows_from=source.id)
        case "skipping":
            source = draw(st.sampled_from(matrices))
            rows = source.rows + (Row("extra", WORD),) * draw(st.integers(0, 1))
            return MatrixItem(
                **base, scale=scale, choices=graded, rows=rows, required=required, skip_rows_marked_na_in=source.id
            )
        case "rank":
            choices = _choices(draw, way_out=required)
            return RankItem(**base, choices=choices, required=required, max_select=draw(st.integers(1, len(choices))))
        case "best_worst":
            design = (((0, 1), (2, 3)), ((0, 2), (1, 3)), ((0, 3), (1, 2)))
            choices = tuple(Choice(f"c{place}", WORD) for place in range(4))
            return BestWorstItem(**base, choices=choices, design=design, best_label=WORD, worst_label=WORD)
        case "text":
            return TextItem(**base, max_length=20)
        case "number":
            return NumberItem(**base, minimum=0, maximum=draw(st.integers(0, 300)))
        case "date":
            return DateItem(**base, earliest=date(2026, 1, 1), latest=date(2026, 3, 1))
        case "likelihood":
            choices = tuple(Choice(str(value), WORD, value) for value in range(11))
            return LikelihoodItem(**base, choices=choices, low_label=WORD, high_label=WORD)
    return InfoItem(**base)


@st.composite
def questionnaires(draw, most=8):
    items = []
    for place in range(draw(st.integers(1, most))):
        items.append(_item(draw, f"q{place}", items))
    cut = draw(st.integers(0, len(items)))
    second_if = _condition(draw, items[:cut])
    first = Section("first", WORD, items=tuple(items[:cut]))
    return around([first, Section("second", WORD, items=tuple(items[cut:]), show_if=second_if)])


def _answer(draw, item):  # noqa: C901, PLR0911 - one return per kind
    ids = [choice.id for choice in item.choices]
    match item:
        case SingleItem() | RatingItem() | LikelihoodItem():
            return draw(st.sampled_from(ids))
        case MultiItem():
            if draw(st.booleans()):
                free = [choice.id for choice in item.choices if not choice.exclusive] or ids
                return tuple(
                    draw(st.lists(st.sampled_from(free), min_size=1, max_size=item.max_select or 9, unique=True))
                )
            return (draw(st.sampled_from(ids)),)
        case MatrixItem():
            return {row.id: draw(st.sampled_from(ids)) for row in item.rows if item.required or draw(st.booleans())}
        case RankItem():
            free = [choice.id for choice in item.choices if not choice.exclusive]
            return tuple(draw(st.lists(st.sampled_from(free), min_size=1, max_size=item.max_select, unique=True)))
        case BestWorstItem():
            design = draw(st.integers(0, len(item.design) - 1))
            screens = []
            for shown in item.design[design]:
                best, worst = draw(st.permutations([ids[place] for place in shown]))[:2]
                screens.append((draw(st.sampled_from([best, None])), draw(st.sampled_from([worst, None]))))
            return BestWorst(design, tuple(screens))
        case TextItem():
            return draw(st.sampled_from(["好", "谢谢工会", "ok"]))
        case NumberItem():
            return draw(st.integers(item.minimum, item.maximum))
        case DateItem():
            return item.earliest + timedelta(days=draw(st.integers(0, (item.latest - item.earliest).days)))
    return None


@st.composite
def answered(draw):
    """(questionnaire, answers to all its items whether on the path or not, facts): no fault, much that is stale."""
    questionnaire = draw(questionnaires())
    answers = {}
    for item in questionnaire.items:
        if item.required or draw(st.booleans()):
            answers[item.id] = _answer(draw, item)
    return questionnaire, {name: answer for name, answer in answers.items() if answer is not None}, draw(FACTS)
