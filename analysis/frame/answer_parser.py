"""Stored answers (flat JSON arrays of integers) to columns, many ballots at a time and without a Python loop over them.

Almost every token is one digit or `null`, so a block is read as bytes: a token ends before a comma or a closing bracket,
its last byte is the code, and the byte before that tells whether there is more to read. Only the longer tokens (-1,
two-digit codes, masks, numbers) are then walked backwards digit by digit, all of them at once.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from analysis.frame.codebook import OFF_PATH, UnreadableAnswers

Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.int8]
Numbers = npt.NDArray[np.int32]
Places = npt.NDArray[np.intp]

_COMMA, _CLOSE, _MINUS, _ZERO = 44, 93, 45, 48
_NULL = 108  # the last letter of `null`


def parsed(block: bytes, n_columns: int, wide: Sequence[int] = ()) -> tuple[Codes, Numbers]:
    """Parse the minified JSON arrays of several ballots, written one after the other with nothing between them.

    Returns the int8 codes, shape (n_columns, ballots), each column contiguous, -1 blank and -2 off path; and the int32
    values of the columns named in `wide`, shape (len(wide), ballots), marked the same way. In the int8 codes of a wide
    column only the marks are meaningful. Raises UnreadableAnswers for anything but arrays of n_columns integers or
    nulls, for negative numbers other than -1, and for codes that do not fit.

    Checked against: json.loads on random arrays (tests/analysis/test_answer_parser.py).
    """
    data = np.frombuffer(block, np.uint8)
    if data.size == 0 or n_columns == 0:
        return _nothing(data, n_columns, len(wide))
    if data.size < 3 or data[0] != 91 or data[-1] != _CLOSE:
        raise UnreadableAnswers("The stored answers are no JSON arrays.")
    last, long_tokens, long_ends = _tokens(data, n_columns)
    n_ballots = last.size // n_columns
    codes = (last - np.uint8(_ZERO)).view(np.int8)
    nulls = last == _NULL
    codes -= nulls.view(np.int8) * np.int8(_NULL - _ZERO - OFF_PATH)
    values, lengths = _long_values(data, long_ends)
    read = n_ballots + 2 * last.size + 3 * int(np.count_nonzero(nulls)) + int(lengths.sum()) - lengths.size
    if last.min() < _ZERO or codes.max() > 9 or read != data.size:
        raise UnreadableAnswers("The stored answers hold something other than integers and nulls.")
    numbers = _wide_values(codes, long_tokens, values, n_columns, wide)
    codes[long_tokens] = np.where(values > 127, 127, values).astype(np.int8)
    return np.ascontiguousarray(codes.reshape(n_ballots, n_columns).T), numbers


def _nothing(data: Bytes, n_columns: int, n_wide: int) -> tuple[Codes, Numbers]:
    if data.size and not (data.size % 2 == 0 and data.tobytes() == b"[]" * (data.size // 2)):
        raise UnreadableAnswers("The questionnaire has no columns, but the stored answers are not empty.")
    n_ballots = data.size // 2
    return np.empty((n_columns, n_ballots), np.int8), np.empty((n_wide, n_ballots), np.int32)


def _tokens(data: Bytes, n_columns: int) -> tuple[Bytes, Places, Places]:
    """The last byte of each token, which of the tokens are longer, and where in `data` those end."""
    closes = data == _CLOSE
    ends = ((data == _COMMA) | closes)[2:]
    places = np.flatnonzero(ends)
    n_ballots = int(np.count_nonzero(closes))
    if places.size != n_ballots * n_columns or not closes[2:].take(places[n_columns - 1 :: n_columns]).all():
        raise UnreadableAnswers(f"A ballot does not hold exactly {n_columns} answers.")
    more = (data[:-2] - np.uint8(_MINUS)) < 13  # the byte before is a digit or a minus
    long_tokens = np.flatnonzero(more.take(places))
    return data[1:-1].take(places), long_tokens, places[long_tokens] + 1


def _long_values(data: Bytes, ends: Places) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Values and lengths of the tokens whose last bytes stand at `ends`: all read backwards together."""
    values = data[ends].astype(np.int64) - _ZERO
    lengths = np.ones(ends.size, np.int64)
    if ((values < 0) | (values > 9)).any():
        raise UnreadableAnswers("The stored answers hold something other than integers and nulls.")
    open_, place, power = np.arange(ends.size), ends - 1, 10
    while open_.size:
        byte = data[place]
        minus = byte == _MINUS
        values[open_[minus]] *= -1
        lengths[open_[minus]] += 1
        digit = (byte - np.uint8(_ZERO)) < 10
        open_, place = open_[digit], place[digit] - 1
        values[open_] += (byte[digit].astype(np.int64) - _ZERO) * power
        lengths[open_] += 1
        power *= 10
        if power > 10**11:
            raise UnreadableAnswers("A stored number is too large.")
    if (values < -1).any():
        raise UnreadableAnswers("A stored number is negative.")
    return values, lengths


def _wide_values(
    codes: Codes,
    long_tokens: Places,
    values: npt.NDArray[np.int64],
    n_columns: int,
    wide: Sequence[int],
) -> Numbers:
    """The wide columns in full: one-digit values from the codes, longer ones from `values`."""
    numbers = codes.reshape(-1, n_columns).T[list(wide)].astype(np.int32)
    place = np.full(n_columns, -1)
    place[list(wide)] = np.arange(len(wide))
    row, column = np.divmod(long_tokens, n_columns)
    which = place[column]
    if (which < 0).any() and values[which < 0].max() > 126:
        raise UnreadableAnswers("A stored code is too large.")
    if values.size and values.max() > np.iinfo(np.int32).max:
        raise UnreadableAnswers("A stored number is too large.")
    kept = which >= 0
    numbers[which[kept], row[kept]] = values[kept]
    return numbers
