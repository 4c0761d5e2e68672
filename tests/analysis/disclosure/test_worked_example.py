"""The worked example of the method: six branches, 112 answers, k = 5 (docs/decisions on the gate)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.attack import Statement, Target, findings
from analysis.disclosure.elimination import PRIME, Cell, publishable
from analysis.disclosure.exchanges import Crossed, exchangeable
from analysis.disclosure.judging import Judge, Slice
from analysis.disclosure.protected import protected_groups

BRANCHES = ("math", "phys", "chem", "hist", "lit", "lib")
PEOPLE = np.array([[17, 6], [20, 7], [3, 0], [14, 7], [14, 7], [3, 14]])  # by branch and category T, A
COLLEGES = {"SCI": (0, 1, 2), "HUM": (3, 4)}
T, A = 0, 1


def atoms(branches, categories=(T, A)):
    return np.array(
        [2 * branch + category for branch in branches for category in categories if PEOPLE[branch, category]]
    )


def planned(*, categories: bool) -> list[Cell]:
    cells = [Cell("ALL", atoms(range(6))), *(Cell(name, atoms(own)) for name, own in COLLEGES.items())]
    order = sorted(range(6), key=lambda branch: -PEOPLE[branch].sum())
    cells += [Cell(BRANCHES[branch], atoms([branch])) for branch in order if PEOPLE[branch].sum() >= 5]
    cells += [Cell(name, atoms(range(6), (place,))) for place, name in enumerate("TA")]
    if categories:
        cells += [
            Cell(f"{name}x{'TA'[place]}", atoms(own, (place,))) for name, own in COLLEGES.items() for place in (T, A)
        ]
    return cells


def hidden(protected, *, categories=True):
    cells = planned(categories=categories)
    return {cell.id for cell in cells} - set(publishable(cells, protected, 12))


def test_the_example_is_that_of_the_method():
    assert PEOPLE.sum() == 112
    assert list(PEOPLE.sum(axis=0)) == [71, 41]
    assert list(PEOPLE.sum(axis=1)) == [23, 27, 3, 21, 21, 17]


def test_elimination_on_printed_cells_alone_leaves_the_library_open():
    assert hidden([atoms([2])]) == {"math"}


def test_elimination_with_nameable_groups_hides_what_the_method_says():
    assert hidden([atoms([2]), atoms([5], (T,))]) == {"math", "HUMxT", "HUMxA"}


def test_merging_first_costs_nobody():
    people = np.ascontiguousarray(np.vstack([PEOPLE[0], PEOPLE[1] + PEOPLE[2], PEOPLE[3:]])[:, :, None], np.int64)
    slices = [Slice(name, 0, (place,)) for place, name in enumerate(("math", "phys+chem", "hist", "lit", "lib"))]
    slices += [Slice(name, 1, (place,)) for place, name in enumerate("TA")]
    judge = Judge(people, tuple(slices), 5)
    assert judge.structure() == {each.id for each in slices}
    dice = np.random.default_rng(3)
    shares = (0.2, 0.3, 0.2, 0.15, 0.1, 0.05)
    answers = np.array([[dice.multinomial(n, shares) for n in row] for row in people[:, :, 0]], np.int64)
    counts = np.concatenate([np.zeros((5, 2, 1), np.int64), answers], axis=2)[:, :, None, :]
    verdict = judge.verdict(counts, [(n,) for n in range(1, 7)], judge.structure())
    assert verdict.shown == {each.id for each in slices}
    assert not verdict.coarse


def test_two_one_way_tables_trace_a_single_person_and_are_mended():
    """Rule 8: one person gave a rare answer; the unit is known from one table, the category from the other."""
    people = np.array([[20, 4], [15, 12], [9, 18]], np.int64)[:, :, None]
    counts = np.zeros((3, 2, 1, 4), np.int64)
    counts[:, :, 0, 1] = people[:, :, 0] // 2
    counts[:, :, 0, 2] = people[:, :, 0] - people[:, :, 0] // 2
    counts[0, 1, 0] = (0, 1, 2, 1)  # the one who gave the third answer
    slices = tuple(
        [Slice(f"u{place}", 0, (place,)) for place in range(3)]
        + [Slice(f"c{place}", 1, (place,)) for place in range(2)]
    )
    judge = Judge(people, slices, 5)
    verdict = judge.verdict(counts, ((1,), (2,), (3,)), judge.structure())
    assert verdict.coarse or verdict.shown < {each.id for each in slices}


def test_when_the_total_alone_pins_somebody_the_question_is_withheld_whole():
    """All agree, and the roster says that neither of two pooled units can have fewer than three of their seven people."""
    people = np.array([30, 3, 4], np.int64)[:, None, None]
    counts = np.zeros((3, 1, 1, 3), np.int64)
    counts[..., 2] = people
    slices = (Slice("u0", 0, (0,)), Slice("POOL", 0, (1, 2)))
    assert Judge(people, slices, 5, (40, 4, 4)).verdict(counts, ((1,), (2,)), frozenset({"u0", "POOL"})).withheld
    assert not Judge(people, slices, 5, (40, 40, 40)).verdict(counts, ((1,), (2,)), frozenset({"u0", "POOL"})).withheld


def test_nameable_groups_are_cells_wholes_remainders_and_small_unions():
    people = np.array([[2, 1, 30], [40, 3, 0], [50, 60, 70]])
    groups = {group.atoms: group.n for group in protected_groups(people, 5)}
    assert groups[((0, 0),)] == 2
    assert groups[((0, 0), (0, 1))] == 3
    assert groups[((0, 1), (1, 1))] == 4
    assert ((1, 0),) not in groups
    assert ((1, 2),) not in groups
    assert protected_groups(np.array([[3, 40]]), 5)[0].n == 3


@pytest.mark.parametrize(("exact", "found"), [(True, 1), (False, 0)])
def test_the_attack_proves_what_exact_margins_say_and_no_more(exact, found):
    everyone, row = np.arange(4), np.array([0, 1])
    column = np.array([0, 2])
    width = 0.0 if exact else 3.0
    ones = np.array([1.0])
    said = [
        Statement("ALL", everyone, ones, 5, 5),
        Statement("row", row, ones, 4 - width, 4 + width),
        Statement("column", column, ones, 3, 3),
    ]
    assert len(findings(4, 1, said, [Target((0,), (0,))])) == found


tables = st.lists(
    st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=3, max_size=3), min_size=2, max_size=4
)


@settings(max_examples=150, deadline=None)
@given(tables, st.integers(0, 2), st.booleans())
def test_an_exchange_is_only_claimed_where_the_linear_programme_agrees(table, answer, pooled):
    counts = np.array(table, np.int64)
    rows, columns, answers = counts.shape
    blocks = np.zeros(rows, np.intp) if pooled else np.arange(rows)
    if not exchangeable(Crossed(counts, blocks, np.arange(columns)), [(0, 0)], [answer]):
        return
    places = np.arange(rows * columns).reshape(rows, columns)
    said = [
        Statement("c", places[:, column], row, float(n), float(n))
        for column in range(columns)
        for row, n in zip(np.eye(answers), counts[:, column].sum(axis=0), strict=True)
    ]
    groups = [list(range(rows))] if pooled else [[row] for row in range(rows)]
    said += [
        Statement("r", places[own].ravel(), row, float(n), float(n))
        for own in groups
        for row, n in zip(np.eye(answers), counts[own].sum(axis=(0, 1)), strict=True)
    ]
    said += [
        Statement("n", places[row, column : column + 1], np.ones(answers), float(n), float(n))
        for (row, column), n in np.ndenumerate(counts.sum(axis=-1))
    ]
    assert findings(rows * columns, answers, said, [Target((0,), (answer,))]) == ()


vectors = st.lists(st.sets(st.integers(0, 6), min_size=1), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(vectors, vectors)
def test_elimination_agrees_with_exact_ranks(cells, protected):
    """Checked against the rank of the published rows with and without a protected group, in exact fractions of floats."""
    kept = publishable(
        [Cell(str(n), np.array(sorted(own))) for n, own in enumerate(cells)], [sorted(g) for g in protected], 7
    )
    published = np.array([[int(atom in cells[int(n)]) for atom in range(7)] for n in kept]).reshape(-1, 7)
    rank = np.linalg.matrix_rank(published) if kept else 0
    for group in protected:
        row = [[int(atom in group) for atom in range(7)]]
        assert np.linalg.matrix_rank(np.vstack([published, row])) == rank + 1
    for number, own in enumerate(cells):
        if str(number) in kept:
            continue
        more = np.vstack([published, [[int(atom in own) for atom in range(7)]]])
        grown = np.linalg.matrix_rank(more)
        assert any(
            np.linalg.matrix_rank(np.vstack([more, [[int(atom in group) for atom in range(7)]]])) == grown
            for group in protected
        )


def test_the_prime_is_one():
    assert all(PRIME % divisor for divisor in range(2, int(PRIME**0.5) + 1))
