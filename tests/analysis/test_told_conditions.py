"""A condition of a grade reads as the same figure does elsewhere, and never against what it decided."""

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from analysis.assessment.contract import Condition
from analysis.disclosure.assessed_bands import conditions
from analysis.disclosure.rounding import whole


@dataclass
class Unit:
    conditions: list[Condition] = field(default_factory=list)


def told(condition: Condition) -> tuple[int | None, int | None]:
    (found,) = conditions(Unit([condition]))  # type: ignore[arg-type]
    return found.wanted, found.found


def test_a_response_rate_is_rounded_as_in_the_head_of_the_page() -> None:
    rate = 134 / 286  # 46.85 %
    assert told(Condition("advanced", "response_rate", 0.5, rate, met=False)) == (50, whole(100 * rate)) == (50, 47)


@given(st.integers(0, 1000), st.integers(0, 100))
def test_no_condition_contradicts_itself(found: int, wanted: int) -> None:
    met = found / 1000 >= wanted / 100
    limit, shown = told(Condition("advanced", "response_rate", wanted / 100, found / 1000, met=met))
    assert shown is not None
    assert limit is not None
    assert (shown >= limit) == met
    assert abs(shown - found / 10) <= 1
