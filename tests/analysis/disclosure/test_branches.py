"""Attacks on questions of which one leads to the other: the base of the second tells what was answered to the first."""

import numpy as np

from analysis.disclosure.branches import branches
from analysis.disclosure.joint import Joint, judged_together
from analysis.disclosure.judging import Judge, Slice, Verdict
from analysis.frame import codebook
from questionnaires.library import load

NOT_USED, USED = 2, 3  # places of the first question: whether a service was used
OFF, LIKED, DISLIKED = 0, 2, 3  # places of the second: how it was liked, by those who used it
UNITS = (Slice("u0", 0, (0,)), Slice("u1", 0, (1,)))
GROUPS = (Slice("c0", 1, (0,)), Slice("c1", 1, (1,)))

# Places 0 and 1: nobody was left out, nobody left it blank. u0 has two people of the category c0; one of them used it.
WORLD = np.array([[[0, 0, 1, 1, 0], [0, 0, 10, 0, 0]], [[0, 0, 5, 3, 2], [0, 0, 10, 0, 0]]])[:, :, None]
FIRST, SECOND = (0, 1, NOT_USED, USED, USED), (0, 0, OFF, LIKED, DISLIKED)


def alone(places, wanted, told):
    """The verdict on one of the two questions by itself."""
    counts = np.stack(
        [WORLD[..., [at for at, own in enumerate(places) if own == n]].sum(axis=-1) for n in range(4)], -1
    )
    return Judge(WORLD.sum(axis=-1), (*UNITS, *GROUPS), 5).verdict(counts, told, frozenset(wanted))


def test_users_by_unit_and_base_of_the_rating_by_category_tell_nobody():
    """u0 had one user, all who rated are of c0: so the user in u0 is one of two people. Each question alone is safe."""
    verdicts = alone(FIRST, {"u0", "u1"}, ((USED,),)), alone(SECOND, {"c0", "c1"}, ((LIKED,), (DISLIKED,)))
    assert verdicts == (Verdict(frozenset({"u0", "u1"})), Verdict(frozenset({"c0", "c1"})))
    judge = Judge(WORLD.sum(axis=-1), (*UNITS, *GROUPS), 5)
    asked = Joint(WORLD, ((3, 4), (3,), (4,)), (FIRST, SECOND))
    found = judged_together(judge, asked, verdicts, (lambda _row: (), lambda _row: ()))
    exact = [each.shown - each.coarse for each in found]
    assert not (exact[0] and exact[1])


def test_rows_choices_and_conditions_lead_to_what_they_open():
    found = set(branches(codebook(load("staff_home_annual"))))
    assert {("b04", "b05"), ("b04", "b06"), ("b30.rights_help", "b31.rights_help")} <= found
    found = set(branches(codebook(load("needs_annual"))))
    assert {("a05", "a07"), ("a04", "a05"), ("a01.none", "a05"), ("a01.housing", "a02")} <= found
    assert not any("dem_" in name for pair in found for name in pair)
