"""FRAME.npz: the same answers as in the box, in an order that tells nothing, without anything that could lead to a ballot."""

import hashlib
import io
import json
import random
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.frame import CommentWords, SealedPoll, SealedUnit, Text, UnreadableBox, canonical, codebook, frame_file
from analysis.frame import frame_of as read
from analysis.frame.poll_files import poll_comments, poll_frames, poll_of
from questionnaires.versions import fingerprint, frozen_document
from tests.analysis.worlds import needs, random_answers

QUESTIONNAIRE = needs()
BOOK = codebook(QUESTIONNAIRE)
UNITS = ("b01", "b02")
DOCUMENT = frozen_document(QUESTIONNAIRE)
FACTS = {
    "title": {"zh": "需求", "en": "Needs"},
    "wave": "2026",
    "units": [
        {"id": unit, "name": {"zh": unit, "en": None}, "unit_type": "academic", "n_eligible": 90, "branches": [], "head_counts": {}}
        for unit in UNITS
    ],
}  # fmt: skip


def poll(path: Path = Path("needs.box")) -> SealedPoll:
    return SealedPoll(
        path=path,
        sha256="0" * 64,
        poll_id="needs",
        way="slip",
        first_day=date(2026, 3, 1),
        last_day=date(2026, 3, 20),
        fingerprint=fingerprint(DOCUMENT),
        title=Text("需求", "Needs"),
        wave="2026",
        questionnaire=QUESTIONNAIRE,
        units=tuple(SealedUnit(unit, Text(unit), "academic", 90) for unit in UNITS),
        document=DOCUMENT,
        facts=json.dumps(FACTS).encode(),
    )


def ballots(seed: int, n: int) -> list[tuple[str, bytes]]:
    dice = random.Random(seed)
    return [(dice.choice(UNITS), random_answers(QUESTIONNAIRE, dice)) for _ in range(n)]


def saved(sent: list[tuple[str, bytes]], words: tuple[CommentWords, ...] = (), context: bytes | None = None) -> bytes:
    return frame_file(poll(), read(BOOK, UNITS, sent), words, context)


@settings(max_examples=30)
@given(st.integers(0, 99), st.integers(0, 40), st.randoms(use_true_random=False))
def test_the_bytes_do_not_depend_on_the_order_the_ballots_came_in(seed, n, dice):
    sent = ballots(seed, n)
    words = tuple(CommentWords("b01", "a12", frozenset({f"词{at % 3}"})) for at in range(5))
    assert saved(sent, words) == saved(dice.sample(sent, n), tuple(dice.sample(words, 5)))


def test_what_is_read_again_are_the_same_answers(tmp_path: Path) -> None:
    sent = ballots(3, 50)
    path = tmp_path / "FRAME.npz"
    words = (CommentWords("b01", "a12", frozenset({"停车", "食堂"})), CommentWords("b01", "a12", frozenset()))
    path.write_bytes(saved(sent, words, b'{"format":"x"}'))
    again = poll_of(path)
    (frame,) = poll_frames(again, BOOK, UNITS)
    expected = canonical(read(BOOK, UNITS, sent))
    for name in ("unit", "codes", "numbers"):
        assert np.array_equal(getattr(frame, name), getattr(expected, name)), name
    assert poll_comments(again) == {("b01", "a12"): 2}
    assert (again.sha256, again.fingerprint, again.units) == (poll().sha256, poll().fingerprint, poll().units)
    assert again.saved is not None
    assert again.saved.context == b'{"format":"x"}'


def test_the_file_tells_no_time_and_is_plain_numpy() -> None:
    data = saved(ballots(1, 20))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        assert (file["codes"].dtype, file["codes"].shape) == (np.dtype(np.int8), (len(BOOK.columns), 20))


def changed(**arrays: np.ndarray) -> bytes:
    with np.load(io.BytesIO(saved(ballots(2, 12)))) as file:
        held = {name: file[name] for name in file.files}
    out = io.BytesIO()
    np.savez(out, **(held | arrays))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"PK\x03\x04 and no more", "is no frame"),
        (b"PK", "is no frame"),
        (changed(poll=np.frombuffer(b'{"format":"other"}', np.uint8)), "no frame of the format"),
        (changed(questionnaire=np.frombuffer(DOCUMENT[:-1], np.uint8)), "not the one its fingerprint names"),
        (changed(unit=np.full(12, 7, np.int32)), "a unit the poll does not have"),
        (changed(unit=np.zeros(11, np.int32)), "columns"),
        (changed(codes=np.full((len(BOOK.columns), 12), 99, np.int8)), "a choice the question does not have"),
        (changed(codes=np.zeros((3, 12), np.int8)), "columns"),
        (changed(codes=np.zeros((len(BOOK.columns), 12), np.int64)), "columns"),
        (changed(comments=np.frombuffer(b'[["b09","a12",[]]]', np.uint8)), "comment"),
        (changed(comments=np.frombuffer(b"[" * 99999, np.uint8)), "is no frame"),
        (changed(facts_json=np.array([{}], object)), "is no frame"),
    ],
)
def test_a_faulty_frame_is_refused_with_a_sentence(data: bytes, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / f"{hashlib.sha256(data).hexdigest()[:8]}.npz"
    path.write_bytes(data)
    with pytest.raises(UnreadableBox, match=sentence):
        poll_of(path)
