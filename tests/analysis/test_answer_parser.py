"""The vectorised parser against json.loads."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.frame import BLANK, OFF_PATH, UnreadableAnswers
from analysis.frame.answer_parser import parsed

SMALL = st.one_of(st.none(), st.just(-1), st.integers(0, 9), st.integers(10, 126))
LARGE = st.one_of(st.none(), st.just(-1), st.integers(0, 9), st.integers(0, 2**31 - 1))


@st.composite
def ballots(draw):
    """Some ballots of the same number of columns; which columns are wide (masks, numbers, dates)."""
    wide = draw(st.lists(st.booleans(), min_size=1, max_size=12))
    row = st.tuples(*(LARGE if each else SMALL for each in wide))
    return wide, draw(st.lists(row, max_size=30))


def minified(rows):
    return b"".join(json.dumps(row, separators=(",", ":")).encode() for row in rows)


def marked(value):
    return OFF_PATH if value is None else value


@given(ballots())
def test_the_parser_reads_what_json_reads(case):
    wide, rows = case
    places = [place for place, each in enumerate(wide) if each]
    codes, numbers = parsed(minified(rows), len(wide), places)
    assert codes.shape == (len(wide), len(rows))
    for place in range(len(wide)):
        expected = [marked(row[place]) for row in rows]
        if place in places:
            assert numbers[places.index(place)].tolist() == expected
            assert (codes[place] < 0).tolist() == [value < 0 for value in expected]
        else:
            assert codes[place].tolist() == expected


@given(ballots(), ballots())
def test_two_blocks_parse_as_one(first, second):
    wide, rows = first
    more = [row for row in second[1] if len(row) == len(wide) and all(value is None or value < 100 for value in row)]
    together, _ = parsed(minified(rows + more), len(wide), range(len(wide)))
    apart = [parsed(minified(part), len(wide), range(len(wide)))[0] for part in (rows, more)]
    assert np.array_equal(together, np.concatenate(apart, axis=1))


@pytest.mark.parametrize(
    "block",
    [
        b"[1,2]",
        b"[1,2,3,4]",
        b"[1,2][3,4,5,6]",
        b"[1,2,3,4][1,2]",
        b"[1,2,x]",
        b"[1,2,.]",
        b"[1,2,/]",
        b"[1,2,-]",
        b"[1,2,-2]",
        b"[1,,3]",
        b"[1,2,l]",
        b"[1,2,nul]",
        b"[1,2,2l]",
        b"[1, 2,3]",
        b"[1,2,3",
        b"1,2,3]",
        b"[1,2,3]]",
        b"[1,2,127]",
        b"[99999999999,2,3]",
        b"[",
        b"[]",
        b'[1,"a",3]',
    ],
)
def test_anything_but_arrays_of_three_small_integers_is_refused(block):
    with pytest.raises(UnreadableAnswers):
        parsed(block, 3)


def test_a_number_beyond_32_bits_is_refused():
    with pytest.raises(UnreadableAnswers):
        parsed(b"[2147483648]", 1, [0])


def test_a_questionnaire_without_columns_has_empty_ballots():
    codes, _ = parsed(b"[][][]", 0)
    assert codes.shape == (0, 3)
    with pytest.raises(UnreadableAnswers):
        parsed(b"[1]", 0)


def test_no_ballots_are_no_rows():
    codes, numbers = parsed(b"", 4, [1])
    assert codes.shape == (4, 0)
    assert numbers.shape == (1, 0)


def test_columns_are_contiguous():
    codes, _ = parsed(b"[1,2][3,4]", 2)
    assert codes[0].flags.c_contiguous
    assert codes.tolist() == [[1, 3], [2, 4]]
    assert BLANK == -1
