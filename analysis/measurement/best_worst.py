"""The worth of options from best-worst choices: conditional logit by Newton's method, with intervals."""

from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp, ndtri

from analysis.estimation.intervals import Interval
from analysis.estimation.vectors import Matrix, Vector
from analysis.measurement.choice_sets import Choices, ChoiceSets, choice_sets
from analysis.measurement.screens import Places, Screens

__all__ = ["ChoiceModel", "OptionWorth", "Screens", "choice_model"]

ROUNDS = 60
MOST_OPTIONS = 200
FARTHEST = 12.0  # an option e^12 times as attractive as another: the likelihood has no finite top
SEPARATED = "some options were always or never chosen against the others: their worth has no finite estimate"


@dataclass(frozen=True, slots=True)
class OptionWorth:
    """Utility of an option over the reference (logit), its errors, and its share of first choices among all (0..1).

    `standard_error` takes all choices as independent, `clustered_error` those of one respondent as one; the interval of
    the share rests on the latter. The reference has no errors (both None): its utility is 0 by definition. With fewer
    respondents than options there is neither clustered error nor interval, which then says so.
    """

    utility: float
    standard_error: float | None
    clustered_error: float | None
    share: float
    share_interval: Interval


@dataclass(frozen=True, slots=True)
class ChoiceModel:
    """A fitted conditional logit; no options and None where `reason` says why."""

    options: tuple[OptionWorth, ...]
    log_likelihood: float | None
    null_log_likelihood: float | None
    reason: str | None = None


def choice_model(
    answered: Screens,
    n_options: int,
    *,
    choices: Choices = "best_then_worst",
    reference: int | None = None,
    confidence: float = 0.95,
) -> ChoiceModel:
    """Conditional (multinomial) logit of best-worst choices.

    Meaning: the worth of each option on one scale, whatever it was shown beside, and the share of people who would put
    it first if all options stood on one screen.

    Inputs: `answered` screens, `n_options` options; `choices`: the best alone, or the best among all shown and then the
    worst among the rest with the sign turned; `reference` option whose utility is 0 (the last one).

    Formula: P(best = i) = exp(b_i) / sum over shown exp(b_j), P(worst = i) = exp(-b_i) / sum over the rest exp(-b_j);
    Newton's method; variance the inverse information, or clustered by respondent: its sandwich with the summed scores of
    each respondent times m/(m - 1). Share = exp(b_i) / sum exp(b); interval on the logit of the share by the delta method.

    It misleads for groups that want different things: the mean of two camps is the wish of neither. Choices of one
    respondent go together: read the clustered error. Options always or never chosen leave no finite top: refused.

    Reference: McFadden (1974); Louviere, Flynn & Marley (2015). Checked against: survival 3.5.3 clogit, maxdiff.json.
    """
    reference = n_options - 1 if reference is None else reference
    if not 0 <= reference < max(n_options, 1):
        raise ValueError("The reference is one of the options.")
    sets = choice_sets(answered, choices)
    if (reason := _refusal(sets, n_options)) is not None:
        return _refused(reason)
    free = np.delete(np.arange(n_options), reference)
    utility = np.zeros(n_options)
    for _ in range(ROUNDS):
        scores, information, _ = _slopes(sets, utility, free)
        try:
            step = np.linalg.solve(information, sets.times @ scores)
        except np.linalg.LinAlgError:
            return _refused(SEPARATED)
        utility[free] += step / max(1.0, float(abs(step).max()) / 2)
        if float(np.ptp(utility)) > FARTHEST:
            return _refused(SEPARATED)
        if float(abs(step).max()) < 1e-10:
            return _fitted(sets, utility, free, confidence)
    return _refused("the model did not settle")


def _refusal(sets: ChoiceSets, n_options: int) -> str | None:
    if not len(sets.chosen):
        return "nobody answered a screen"
    if n_options < 2:
        return "a single option has nothing to be compared with"
    if n_options > MOST_OPTIONS:
        return f"more than {MOST_OPTIONS} options are too many for one scale"
    if len(np.unique(sets.options[sets.options >= 0])) < n_options:
        return "an option was never shown on an answered screen"
    return None


def _refused(reason: str) -> ChoiceModel:
    return ChoiceModel((), None, None, reason)


def _log_shares(sets: ChoiceSets, utility: Vector) -> Matrix:
    worth = np.where(sets.options >= 0, utility[sets.options] * sets.sign[:, None], -np.inf)
    return np.asarray(worth - logsumexp(worth, axis=1, keepdims=True))


def _slopes(sets: ChoiceSets, utility: Vector, free: Places) -> tuple[Matrix, Matrix, Vector]:
    """Score of each kind of choice (kinds, free options), information of all choices, log-likelihood of each kind."""
    logs = _log_shares(sets, utility)
    shares = np.exp(logs)
    rows = np.arange(len(shares))
    spread = np.zeros((len(shares), len(utility) + 1))  # the last column takes the empty places
    np.put_along_axis(spread, sets.options % (len(utility) + 1), shares, axis=1)
    expected = spread[:, free]
    chosen = np.zeros((len(shares), len(utility)))
    chosen[rows, sets.options[rows, sets.chosen]] = 1
    scores = (chosen[:, free] - expected) * sets.sign[:, None]
    information = np.diag(sets.times @ expected) - (expected * sets.times[:, None]).T @ expected
    return scores, information, logs[rows, sets.chosen]


def _fitted(sets: ChoiceSets, utility: Vector, free: Places, confidence: float) -> ChoiceModel:
    scores, information, logs = _slopes(sets, utility, free)
    if float(np.linalg.eigvalsh(information)[0]) < 1e-9 * len(sets.kind):
        return _refused(SEPARATED)
    plain: Matrix = np.asarray(np.linalg.inv(information))
    k = len(utility)
    few = "fewer respondents than options" if sets.n_respondents < k else None
    covariance = np.zeros((2, k, k))
    covariance[0][np.ix_(free, free)] = plain
    covariance[1][np.ix_(free, free)] = _clustered(sets, scores, plain)
    errors = np.sqrt(np.maximum(np.diagonal(covariance, axis1=1, axis2=2), 0))
    shares = np.exp(utility - logsumexp(utility))
    intervals = _share_intervals(shares, covariance[1], confidence) if few is None else [Interval.undefined(few)] * k
    varies = set(free.tolist())
    options = tuple(
        OptionWorth(
            utility=float(utility[at]),
            standard_error=float(errors[0, at]) if at in varies else None,
            clustered_error=float(errors[1, at]) if at in varies and few is None else None,
            share=float(shares[at]),
            share_interval=intervals[at],
        )
        for at in range(k)
    )
    null = float(sets.times @ _log_shares(sets, np.zeros(k))[np.arange(len(logs)), sets.chosen])
    return ChoiceModel(options, float(sets.times @ logs), null)


def _share_intervals(shares: Vector, covariance: Matrix, confidence: float) -> list[Interval]:
    slopes = np.eye(len(shares)) - shares  # of the log share; that of its logit is this over 1 - share
    errors = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", slopes, covariance, slopes), 0)) / (1 - shares)
    half = float(ndtri((1 + confidence) / 2)) * errors
    odds = np.log(shares / (1 - shares))
    low, high = 1 / (1 + np.exp(half - odds)), 1 / (1 + np.exp(-half - odds))
    return [Interval(*ends) for ends in zip(low.tolist(), high.tolist(), strict=True)]


def _clustered(sets: ChoiceSets, scores: Matrix, plain: Matrix) -> Matrix:
    summed, m = sets.by_respondent(scores), sets.n_respondents
    return np.asarray(plain @ (summed.T @ summed) @ plain * (m / max(m - 1, 1)))
