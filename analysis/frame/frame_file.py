"""FRAME.npz: the answers of a sealed poll as plain columns, for whoever may not have, or does not want, the box itself.

The file holds the questionnaire and facts of the poll, its context, and per ballot the unit and the answers, in an order
that is worked out from the answers alone; of comments only the words. Keys, nonces, openers and receipts stay in the box.
The same box and context give the same bytes; numpy.load reads it (without pickles).
"""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.frame.codebook import Codebook, codebook
from analysis.frame.columns import Frame
from analysis.frame.comments import CommentWords
from analysis.frame.sealed_poll import SavedAnswers, SealedPoll, UnreadableBox, told_poll

FORMAT = "survey_app.frame/1"
_DAWN = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip can tell: the file says nothing of when it was made
_ARRAYS = ("facts_json", "poll", "questionnaire", "context", "comments", "unit", "codes", "numbers")

Bytes = npt.NDArray[np.uint8]


def canonical(frame: Frame) -> Frame:
    """The same ballots by unit and then by their answers, first column first: equal answers, equal order, whatever order
    they were read in. Sums of floating numbers over ballots then give the same last digit everywhere.
    """
    order = np.lexsort((*frame.numbers[::-1], *frame.codes[::-1], frame.unit))
    return replace(
        frame,
        unit=frame.unit[order],
        codes=np.ascontiguousarray(frame.codes[:, order]),
        numbers=np.ascontiguousarray(frame.numbers[:, order]),
    )


def frame_file(poll: SealedPoll, frame: Frame, comments: Iterable[CommentWords], context: bytes | None) -> bytes:
    """The bytes of FRAME.npz; `frame` holds all ballots of the poll, in any order."""
    ordered = canonical(frame)
    told = {
        "format": FORMAT,
        "poll": [poll.poll_id, poll.way, poll.first_day.isoformat(), poll.last_day.isoformat(), poll.fingerprint],
        "box_sha256": poll.sha256,
        "columns": [column.name for column in frame.codebook.columns],
        "numbers": list(frame.codebook.numbers),
    }
    words = sorted([each.unit, each.item, sorted(each.words)] for each in comments)
    arrays: tuple[npt.NDArray[Any], ...] = (
        _bytes(poll.facts),
        _bytes(_json(told)),
        _bytes(poll.document),
        _bytes(context or b""),
        _bytes(_json(words)),
        ordered.unit.astype("<i4"),
        ordered.codes,
        ordered.numbers.astype("<i4"),
    )
    return _zipped(zip(_ARRAYS, arrays, strict=True))


def frame_poll(path: Path) -> SealedPoll:
    """The poll of a frame file, its answers with it; raises UnreadableBox for anything else."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            found = {name: file[name] for name in _ARRAYS}
        told = json.loads(found["poll"].tobytes())
        if told["format"] != FORMAT:
            raise UnreadableBox(f"{path} is no frame of the format {FORMAT}.")
        row = tuple(told["poll"])
        comments = tuple(_comment(*each) for each in json.loads(found["comments"].tobytes()))
        sha256 = str(told["box_sha256"])
    except (
        OSError,
        EOFError,
        KeyError,
        TypeError,
        ValueError,
        MemoryError,
        RecursionError,
        zipfile.BadZipFile,
    ) as fault:
        raise UnreadableBox(f"{path} is no frame: {fault}.") from fault
    if len(row) != 5 or not all(isinstance(each, str) for each in row):
        raise UnreadableBox(f"{path} does not say which poll it is of.")
    poll = told_poll(path, sha256, row, found["questionnaire"].tobytes(), found["facts_json"].tobytes())
    saved = SavedAnswers(found["unit"], found["codes"], found["numbers"], comments, found["context"].tobytes() or None)
    _check(path, poll, saved, told)
    return replace(poll, saved=saved)


def saved_frame(saved: SavedAnswers, book: Codebook, units: Sequence[str]) -> Frame:
    """The frame of a frame file."""
    return Frame(book, tuple(units), saved.unit, saved.codes, saved.numbers)


def saved_comments(saved: SavedAnswers) -> dict[tuple[str, str], int]:
    """How many comments each (unit, item) has."""
    return dict(Counter((each.unit, each.item) for each in saved.comments))


def _check(path: Path, poll: SealedPoll, saved: SavedAnswers, told: dict[str, Any]) -> None:
    book, n = codebook(poll.questionnaire), saved.unit.size
    fits = (
        told.get("columns") == [column.name for column in book.columns]
        and told.get("numbers") == list(book.numbers)
        and [array.dtype.str for array in (saved.unit, saved.codes, saved.numbers)] == ["<i4", "|i1", "<i4"]
        and saved.unit.shape == (n,)
        and saved.codes.shape == (len(book.columns), n)
        and saved.numbers.shape == (len(book.numbers), n)
    )
    if not fits:
        raise UnreadableBox(f"The columns in {path} are not those of its questionnaire.")
    if n and not 0 <= saved.unit.min() <= saved.unit.max() < len(poll.units):
        raise UnreadableBox(f"A ballot in {path} names a unit the poll does not have.")
    limits = np.array([column.n_codes - 1 for column in book.columns])
    if n and saved.codes.size and (saved.codes.min() < -2 or (saved.codes.max(axis=1) > limits).any()):
        raise UnreadableBox(f"A code in {path} names a choice the question does not have.")
    units, items = {unit.id for unit in poll.units}, {item.id for item in poll.questionnaire.items}
    if any(each.unit not in units or each.item not in items for each in saved.comments):
        raise UnreadableBox(f"A comment in {path} belongs to no unit or no question of the poll.")


def _comment(unit: str, item: str, words: list[str]) -> CommentWords:
    return CommentWords(str(unit), str(item), frozenset(map(str, words)))


def _json(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _bytes(data: bytes) -> Bytes:
    return np.frombuffer(data, np.uint8)


def _zipped(arrays: Iterable[tuple[str, npt.NDArray[Any]]]) -> bytes:
    """As numpy.savez writes it: stored, not compressed, since compressors differ between machines."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays:
            data = io.BytesIO()
            np.lib.format.write_array(data, np.ascontiguousarray(array), version=(1, 0), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _DAWN), data.getvalue())
    return file.getvalue()
