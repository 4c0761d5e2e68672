"""Answers at rest: one flat JSON array of integers, one per column.

-1 is on the path but left blank, null is off the path. A choice is its position in `item.choices`, a multi a mask of
positions, a date the days since 1970-01-01. Texts have no column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import orjson

from questionnaires.answer_path import offered_rows, walk
from questionnaires.answer_values import Answer, Answers, BestWorst, Fault, InvalidAnswers
from questionnaires.columns import Column, columns_of
from questionnaires.items import AnyItem, BestWorstItem, DateItem, MatrixItem, MultiItem, NumberItem, RankItem, Stage
from questionnaires.questionnaire import Questionnaire
from questionnaires.skip_logic import Facts

BLANK = -1
EPOCH = date(1970, 1, 1)


def encoded(questionnaire: Questionnaire, answers: Answers, facts: Facts, stage: Stage = "first") -> bytes:
    """The flat array of the answers on the path; raises InvalidAnswers when anything on it is missing or wrong."""
    walked = walk(questionnaire, answers, facts, stage)
    if walked.faults:
        raise InvalidAnswers(*walked.faults)
    shown = set(walked.path)
    codes: list[int | None] = []
    for item in questionnaire.items:
        width = sum(1 for _ in columns_of(item))
        if item.id not in shown:
            codes += [None] * width
        elif isinstance(item, MatrixItem):
            rows = {row.id for row in offered_rows(questionnaire, item, walked.answers)}
            codes += _matrix_codes(item, walked.answers.get(item.id), rows)
        else:
            codes += item_codes(item, walked.answers.get(item.id), width)
    return orjson.dumps(codes)


def item_codes(item: AnyItem, answer: Answer | None, width: int) -> list[int]:
    """The codes of one clean answer (not of a matrix), filled up with -1."""
    position = {choice.id: place for place, choice in enumerate(item.choices)}
    codes: list[int] = []
    match answer:
        case BestWorst():
            ends = [end for screen in answer.screens for end in screen]
            codes = [answer.design, *(BLANK if end is None else position[end] for end in ends)]
        case tuple() if isinstance(item, MultiItem):
            codes = [sum(1 << position[one] for one in answer)]
        case tuple():
            codes = [position[one] for one in answer]
        case date():
            codes = [(answer - EPOCH).days]
        case int():
            codes = [answer]
        case str() if width:
            codes = [position[answer]]
    return codes + [BLANK] * (width - len(codes))


def _matrix_codes(item: MatrixItem, answer: object, on_path: set[str]) -> list[int | None]:
    position = {choice.id: place for place, choice in enumerate(item.choices)}
    given = answer if isinstance(answer, Mapping) else {}
    return [
        None if row.id not in on_path else position[given[row.id]] if row.id in given else BLANK for row in item.rows
    ]


def decoded(questionnaire: Questionnaire, data: bytes) -> dict[str, Answer]:
    """The natural answers of an array at rest; raises InvalidAnswers if it is not one of this questionnaire."""
    codes = codes_in(data, len(questionnaire.columns))
    answers: dict[str, Answer] = {}
    start = 0
    for item in questionnaire.items:
        columns = tuple(columns_of(item))
        part = codes[start : start + len(columns)]
        start += len(columns)
        try:
            answer = _natural(item, columns, part)
        except (IndexError, OverflowError):
            raise InvalidAnswers(Fault(item.id, None, "foreign")) from None
        if answer is not None:
            answers[item.id] = answer
    return answers


def codes_in(data: bytes, width: int) -> list[int | None]:
    """The array as numbers; raises InvalidAnswers unless it is a flat JSON array of that many integers and nulls."""
    try:
        codes = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise InvalidAnswers(Fault("", None, "not_json")) from None
    if type(codes) is not list or len(codes) != width:
        raise InvalidAnswers(Fault("", None, "wrong_length"))
    # By type, not isinstance: true is an int to Python, and 1.0 equals 1.
    if not {type(code) for code in codes} <= {int, type(None)}:
        raise InvalidAnswers(Fault("", None, "malformed"))
    return codes


def _natural(item: AnyItem, columns: Sequence[Column], codes: Sequence[int | None]) -> Answer | None:  # noqa: PLR0911 - one return per kind
    ids = [
        _choice_id(item, code) if column.kind == "choice" else None for column, code in zip(columns, codes, strict=True)
    ]
    first = codes[0] if codes else None
    match item:
        case MatrixItem():
            return {row.id: one for row, one in zip(item.rows, ids, strict=True) if one is not None} or None
        case RankItem():
            return tuple(one for one in ids if one is not None) or None
        case BestWorstItem():
            screens = tuple(zip(ids[1::2], ids[2::2], strict=True))
            return None if first is None or first == BLANK else BestWorst(first, screens)
    if first is None or first == BLANK:
        return None
    match item:
        case MultiItem():
            if not 0 < first < 1 << len(item.choices):
                raise IndexError
            return tuple(choice.id for place, choice in enumerate(item.choices) if first >> place & 1)
        case NumberItem():
            return first
        case DateItem():
            return EPOCH + timedelta(days=first)
    return ids[0]


def _choice_id(item: AnyItem, code: int | None) -> str | None:
    if code is None or code == BLANK:
        return None
    if code < BLANK:
        raise IndexError
    return item.choices[code].id
