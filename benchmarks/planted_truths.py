"""`planted_truths`: how often the assessment finds what is planted in a simulated university, and how often what is not.

    python -m benchmarks.planted_truths [--years 40] [--university FILE]

Each year is a new pair of waves of the demo university (another seed, the same truths). Printed: changes found of
the branches that truly changed, false alarms of those that did not (beside the promised false discovery rate), twins in one
tier, pressed answers praised, and mean bands per branch. Exit 1 if a planted truth is missed more often than it may be.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from analysis.assessment import Assessment, BranchAssessment, assessment
from survey_app.demo.university import DEMO_UNIVERSITY, Branch, read_university
from tests.analysis.assessment.simulated import demo_years, scheme

FIGURES = ("composite", "criteria")
FIRST_SEED = 1000
CHANGED = 0.15  # a true effect that moved by more is a change; the table's still branches move by 0.05 at most
SOLVING_CHANGED, FIRST_STEP_CHANGED = 0.05, 0.08


@dataclass
class Tally:
    """`found[figure, unit]` changes called; `years` simulated."""

    years: int = 0
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    discoveries: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    false_share: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    scores: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    bands: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    voice: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    held: Counter[str] = field(default_factory=Counter)


def still(branch: Branch, figure: str) -> bool:
    """Whether nothing that the figure measures truly changed (pressed answers are no change)."""
    before, now = branch.waves["2025"], branch.waves["2026"]
    if abs(now.effect - before.effect) > CHANGED:
        return False
    moved = (
        abs(now.solve - before.solve) > SOLVING_CHANGED or abs(now.proactive - before.proactive) > FIRST_STEP_CHANGED
    )
    return figure == "criteria" or not moved


def count(tally: Tally, found: Assessment, branches: dict[str, Branch]) -> None:
    tally.years += 1
    called: Counter[str] = Counter()
    false: Counter[str] = Counter()
    for unit in found.units:
        branch = branches[unit.branches[0]]
        for figure, change in (("composite", unit.change), ("criteria", unit.dimension("criteria").change)):
            if change.label in ("improved", "worsened"):
                tally.found[figure, unit.unit] += 1
                called[figure] += 1
                false[figure] += still(branch, figure)
            if still(branch, figure) and change.difference is not None and unit.unit != "b06":
                tally.scores[figure].append(change.difference / ((change.high or 0.0) - (change.low or 0.0)) * 3.92)
        tally.bands[unit.unit][unit.band] += 1
        if unit.staff_voice.value is not None:
            tally.voice[unit.unit].append(unit.staff_voice.value)
    for figure in FIGURES:
        tally.discoveries[figure] += called[figure]
        tally.false[figure] += false[figure]
        tally.false_share[figure].append(false[figure] / max(1, called[figure]))


def hold(tally: Tally, found: Assessment) -> None:
    """The truths of the demo's own table, beside changes."""

    def unit(name: str) -> BranchAssessment:
        return found.unit(name)

    def score(name: str, dimension: str) -> float:
        return unit(name).dimension(dimension).figure.value or 0.0

    twins = [unit(name).places for name in ("b03", "b05")]
    pressed = unit("b06")
    both = [each for each in found.units if each.adjusted.value is not None]
    logistics = unit("b18")

    def above(figure: str) -> int:
        own = getattr(logistics, figure).value or 0.0
        return sum((getattr(each, figure).value or 0.0) > own for each in both)

    held = {
        "twins B03 and B05 share a tier": all(twins) and bool(set(twins[0].tiers) & set(twins[1].tiers)),  # type: ignore[union-attr]
        "B06 flagged": any(flag.open and flag.name == "straight_lining" for flag in pressed.flags),
        "B06 not praised": pressed.band != "model" and pressed.dimension("criteria").change.label != "improved",
        "B15 S more than 25 below T": score("b15", "q_satisfied") - score("b15", "q_solved") > 25,
        "B16 valued above trusted": score("b16", "valued_by_party_admin") > score("b16", "trusted_by_staff") + 5,
        "B14 lively above rights": score("b14", "work_lively") > score("b14", "rights_upheld") + 5,
        "B13 lively above organisation": score("b13", "work_lively") > score("b13", "org_sound") + 3,
        "B18 adjusted in a better place": above("adjusted") < above("composite"),
        "B17 low response said": "indicative" in unit("b17").notes,
        "B22 and B23 never alone": not {"b22", "b23"} & {each.unit for each in found.units},
    }
    for name, holds in held.items():
        tally.held[name] += int(holds)


def simulated(years: int, path: Path) -> Tally:
    branches = {branch.id: branch for branch in read_university(path).branches}
    tally = Tally()
    for year in range(years):
        demo_years.cache_clear()
        before, now = demo_years(FIRST_SEED + year, path)
        found = assessment(now, before, scheme())
        count(tally, found, branches)
        if path == DEMO_UNIVERSITY:
            hold(tally, found)
    return tally


def report(tally: Tally, branches: dict[str, Branch]) -> None:
    years = tally.years
    print(f"{years} simulated pairs of waves\n")
    print(f"{'unit':10}{'true shift':>11}{'composite':>11}{'criteria':>10}{'mean B':>8}  bands")
    for name, values in tally.voice.items():
        branch = branches.get(name.split("-")[0].upper())
        shift = branch.waves["2026"].effect - branch.waves["2025"].effect if branch else float("nan")
        bands = ", ".join(f"{band} {n}" for band, n in tally.bands[name].most_common())
        rates = [tally.found[figure, name] / years for figure in ("composite", "criteria")]
        print(f"{name:10}{shift:>+11.2f}{rates[0]:>11.2f}{rates[1]:>10.2f}{np.mean(values):>8.1f}  {bands}")
    promised = scheme().method.false_discovery_rate
    print()
    for figure in FIGURES:
        share, spread = np.mean(tally.false_share[figure]), np.std(tally.scores[figure])
        print(f"{figure}: {tally.false[figure]} of {tally.discoveries[figure]} changes called were none; ", end="")
        print(f"mean share a year {share:.3f} (promised {promised:.2f}); sd of z where nothing changed {spread:.2f}")
    for name, n in sorted(tally.held.items()):
        print(f"{name:40}{n / years:.2f}")


def missed(tally: Tally, path: Path) -> list[str]:
    """Planted truths found too seldom, and false alarms above what is promised."""
    promised = scheme().method.false_discovery_rate
    noisy = [figure for figure in FIGURES if np.mean(tally.false_share[figure]) > promised]
    faults = [f"more changes of the {figure} were false than the method promises" for figure in noisy]
    if path != DEMO_UNIVERSITY:
        return faults
    for unit, least in (("b07", 0.99), ("b12", 0.99), ("b04", 0.90)):
        if tally.found["criteria", unit] < least * tally.years:
            faults.append(f"the change of {unit} was found in less than {least:.0%}")
    alarms = [unit for unit in ("b02", "b03", "b05", "b06") if tally.found["criteria", unit] > 0.10 * tally.years]
    faults += [f"{unit} was called changed in more than a tenth of the years" for unit in alarms]
    return faults + [
        f"{name}: held in {n} of {tally.years}" for name, n in tally.held.items() if n < 0.85 * tally.years
    ]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--years", type=int, default=40)
    parser.add_argument("--university", type=Path, default=DEMO_UNIVERSITY)
    told = parser.parse_args()
    start = time.perf_counter()
    tally = simulated(told.years, told.university)
    report(tally, {branch.id: branch for branch in read_university(told.university).branches})
    faults = missed(tally, told.university)
    print(f"\n{time.perf_counter() - start:.0f} s")
    for fault in faults:
        print(f"MISSED: {fault}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
