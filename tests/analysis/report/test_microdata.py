"""The research file: nobody stands out, whatever was answered, and nothing of a unit or a person is in it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.microdata import MOST_LEFT_OUT, K, L, Microdata, NotAnonymous, microdata
from analysis.frame import Frame, SealedPoll, box_frames, codebook, merged, sealed_poll
from tests.demo_instance import DemoInstance


def frame_and_poll(demo: DemoInstance, poll_id: str) -> tuple[Frame, SealedPoll]:
    poll = sealed_poll(demo.folder / "sealed" / f"{poll_id}.box")
    book, names = codebook(poll.questionnaire), [unit.id for unit in poll.units]
    return merged(book, names, box_frames(poll.path, book, names)), poll


@pytest.fixture(scope="module")
def home(demo_instance: DemoInstance) -> tuple[Frame, SealedPoll]:
    return frame_and_poll(demo_instance, "home-2026")


def classes(made: Microdata) -> list[np.ndarray]:
    width = sum(variable.point for variable in made.variables)
    found: dict[tuple[int, ...], list[int]] = {}
    for place, row in enumerate(made.values[:, :width]):
        found.setdefault(tuple(row), []).append(place)
    return [made.values[places][:, width:] for places in found.values()]


def check(made: Microdata) -> None:
    names = [variable.name for variable in made.variables if not variable.point]
    single = [place for place, name in enumerate(names) if "." not in name]
    for answers in classes(made):
        assert len(answers) >= max(K, made.k)
        for place in single:
            assert len(set(answers[:, place])) >= L


def test_in_the_demo_every_class_is_large_and_diverse(home: tuple[Frame, SealedPoll]) -> None:
    made = microdata(home[0])
    check(made)
    assert len(made.values) + made.n_left_out == made.n_drawn == made.n_ballots // 2
    assert made.n_left_out <= MOST_LEFT_OUT * made.n_drawn


def test_no_unit_no_word_and_no_answer_on_health_or_money_is_in_it(home: tuple[Frame, SealedPoll]) -> None:
    made = microdata(home[0])
    questionnaire = home[1].questionnaire
    for variable in made.variables:
        item = variable.name.split(".")[0]
        assert variable.point or not questionnaire.item(item).sensitive
        assert variable.point or questionnaire.item(item).kind != "text"
    said = str(made.variables)
    assert not [unit.name.zh for unit in home[1].units if unit.name.zh in said]


def test_the_tables_of_units_joined_with_the_file_give_no_ballot_of_a_unit_back(home: tuple[Frame, SealedPoll]) -> None:
    """Whoever has all ballots but their units finds the ballots that add up to a unit's tables; of a half nobody need be its."""
    frame, poll = home
    made = microdata(frame)
    assert "kind_of_unit" not in {variable.name for variable in made.variables}
    own = np.bincount(frame.unit, minlength=len(frame.units))
    assert own[[unit.unit_type != "retired" for unit in poll.units]].max() < made.n_ballots - len(made.values)


def test_the_order_of_rows_is_that_of_their_values(home: tuple[Frame, SealedPoll]) -> None:
    frame, _poll = home
    shuffled = np.random.default_rng(1).permutation(frame.n_ballots)
    other = Frame(
        frame.codebook, frame.units, frame.unit[shuffled], frame.codes[:, shuffled], frame.numbers[:, shuffled]
    )
    assert (microdata(frame).values == microdata(other).values).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(5, 200))
def test_whatever_part_of_the_answers_is_taken_nobody_stands_out(
    home: tuple[Frame, SealedPoll], seed: int, n: int
) -> None:
    frame, _poll = home
    some = np.random.default_rng(seed).choice(frame.n_ballots, n, replace=False)
    part = Frame(frame.codebook, frame.units, frame.unit[some], frame.codes[:, some], frame.numbers[:, some])
    try:
        made = microdata(part)
    except NotAnonymous:
        return
    check(made)


def test_a_poll_where_all_agree_is_refused(home: tuple[Frame, SealedPoll]) -> None:
    frame, _poll = home
    alike = np.repeat(frame.codes[:, :1], 100, axis=1)
    same = Frame(frame.codebook, frame.units, frame.unit[:100], alike, frame.numbers[:, :100])
    with pytest.raises(NotAnonymous):
        microdata(same)
