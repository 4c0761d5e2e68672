"""The invented members of one branch: who they are, how they feel, who answers. They exist once and answer in both waves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from survey_app.demo.seeds import generator
from survey_app.demo.university import AGES, CATEGORIES, Branch, BranchInWave

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

OVERALL_LEVEL = 0.35
CATEGORY_EFFECT = np.array([0.0, 0.10, -0.05, -0.60, 0.15])
AGE_EFFECT = np.array([-0.12, -0.06, 0.04, 0.14])
GENDER_EFFECT = 0.03
PERSON_SPREAD, STEADY_PART, FRESH_PART = 0.75, 0.9, 0.436
NONRESPONSE_STRENGTH = 3.0


@dataclass(frozen=True, slots=True)
class Persons:
    """The members of one branch. Arrays run over members; `category` and `age` are positions in CATEGORIES and AGES."""

    branch: Branch
    category: Ints
    age: Ints
    female: Flags
    contract: Flags
    steady: Floats
    trust: Floats

    def head_counts(self) -> dict[str, int]:
        counts = np.bincount(self.category, minlength=len(CATEGORIES))
        return {category: int(n) for category, n in zip(CATEGORIES, counts, strict=True) if n}


@dataclass(frozen=True, slots=True)
class Respondents:
    """Those of one branch who answer one wave. Arrays run over respondents; `place` is the position among the members."""

    branch: Branch
    wave: str
    figures: BranchInWave
    place: Ints
    theta: Floats
    category: Ints
    age: Ints
    female: Flags
    trust: Floats
    straight: Flags

    def __len__(self) -> int:
        return len(self.place)

    def generator(self, purpose: str) -> np.random.Generator:
        return generator(purpose, self.branch.id, self.wave)


def quotas(percents: tuple[float, ...], members: int) -> Ints:
    """Whole numbers that sum to `members` and follow the percentages (largest remainder)."""
    wanted = np.array(percents) * members / 100
    counts = np.floor(wanted).astype(np.int64)
    order = np.argsort(-(wanted - counts), kind="stable")
    counts[order[: members - int(counts.sum())]] += 1
    return counts


def persons_of(branch: Branch) -> Persons:
    rng = generator("persons", branch.id)

    def drawn(percents: tuple[float, ...]) -> Ints:
        return rng.permutation(np.repeat(np.arange(len(percents)), quotas(percents, branch.members)))

    return Persons(
        branch=branch,
        category=drawn(branch.category_percents),
        age=drawn(branch.age_percents),
        female=drawn((100 - branch.female_percent, branch.female_percent)) == 1,
        contract=drawn((100 - branch.contract_percent, branch.contract_percent)) == 1,
        steady=rng.standard_normal(branch.members),
        trust=rng.standard_normal(branch.members),
    )


def latent_values(persons: Persons, effect: float, wave: str) -> Floats:
    """theta of every member in one wave: how content each is, in standard deviations of the latent scale."""
    fresh = generator("fresh", persons.branch.id, wave).standard_normal(persons.branch.members)
    own = PERSON_SPREAD * (STEADY_PART * persons.steady + FRESH_PART * fresh)
    gender = np.where(persons.female, GENDER_EFFECT, -GENDER_EFFECT)
    theta: Floats = OVERALL_LEVEL + effect + CATEGORY_EFFECT[persons.category] + AGE_EFFECT[persons.age] + gender + own
    return theta


def respondents_of(persons: Persons, wave: str, figures: BranchInWave) -> Respondents:
    """Exactly round(members x response rate) of the branch; with a slope above 0 the dissatisfied answer less often."""
    branch = persons.branch
    rng = generator("who answers", branch.id, wave)
    theta = latent_values(persons, figures.effect, wave)
    weight = np.exp(NONRESPONSE_STRENGTH * branch.nonresponse_slope * (theta - theta.mean()))
    n_responding = round(branch.members * figures.response_rate)
    place = np.sort(rng.choice(branch.members, n_responding, replace=False, p=weight / weight.sum()))
    straight = rng.permutation(n_responding) < round(n_responding * figures.straight_lining)
    return Respondents(
        branch=branch,
        wave=wave,
        figures=figures,
        place=place,
        theta=theta[place],
        category=persons.category[place],
        age=persons.age[place],
        female=persons.female[place],
        trust=persons.trust[place],
        straight=straight,
    )


assert len(CATEGORY_EFFECT) == len(CATEGORIES)
assert len(AGE_EFFECT) == len(AGES)
