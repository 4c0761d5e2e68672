"""How the cases about pooling, classes, ranks, composites, funnels and the random intercept become calls of analysis."""

from typing import Any

import numpy as np

from analysis.measurement.composites import composites, normalised, place_spreads
from analysis.units.classes import contrast_tests
from analysis.units.empirical_bayes import eb_normal
from analysis.units.funnel import funnel
from analysis.units.mixed import random_intercept, unit_sums
from analysis.units.pooling import pooled, posterior
from analysis.units.rank_sets import expected_ranks, holm_rank_sets, largest_t_rank_sets, ranks
from tests.oracles.tables import Table, in_order


def _ends(interval):
    return [interval.low, interval.high]


def _rows(table: Table, key: str, **columns: Any) -> list[dict[str, Any]]:
    names = table[key]
    return [{key: name} | {column: values[at] for column, values in columns.items()} for at, name in enumerate(names)]


def _eb_normal(inputs, table):
    result = eb_normal(table.numbers(inputs["y"]), table.numbers(inputs["v"]), method=inputs["method"])
    units = result.units
    return {
        "k": len(units),
        "mu": result.mu,
        "mu_se": result.mu_standard_error,
        "mu_ci": _ends(result.mu_interval),
        "tau2": result.tau2,
        "I2": result.i2,
        "Q": result.q,
        "Q_p": result.q_p,
        "table": _rows(
            table,
            inputs["unit"],
            pred=[unit.estimate for unit in units],
            se=[unit.standard_error for unit in units],
            lo=[unit.interval.low for unit in units],
            hi=[unit.interval.high for unit in units],
        ),
    }


def _hier_bayes(inputs, table):
    result = pooled(posterior(table.numbers(inputs["y"]), table.numbers(inputs["v"])))
    units = result.units
    return {
        "k": len(units),
        "tau_mean": result.tau,
        "tau_median": result.tau_median,
        "tau_ci": _ends(result.tau_interval),
        "mu_mean": result.mu,
        "mu_sd": result.mu_sd,
        "mu_ci": _ends(result.mu_interval),
        "table": _rows(
            table,
            inputs["unit"],
            mean=[unit.mean for unit in units],
            sd=[unit.sd for unit in units],
            lo=[unit.interval.low for unit in units],
            hi=[unit.interval.high for unit in units],
        ),
    }


def _classes(inputs, table):
    estimates, errors, heads = (table.numbers(inputs[name]) for name in ("est", "se", "N"))
    units = contrast_tests(estimates, errors, heads, false_discovery_rate=inputs["q"])
    return {
        "table": _rows(
            table,
            "unit",
            diff=[unit.contrast for unit in units],
            se=[unit.standard_error for unit in units],
            z=[unit.statistic for unit in units],
            p=[unit.p for unit in units],
            p_bh=[unit.p_bh for unit in units],
            p_holm=[unit.p_holm for unit in units],
            **{"class": [unit.label for unit in units]},
        )
    }


def _rank_sets(inputs, table):
    estimates, errors, level = table.numbers(inputs["est"]), table.numbers(inputs["se"]), inputs["level"]
    holm = holm_rank_sets(estimates, errors, confidence=level)
    together = largest_t_rank_sets(estimates, errors, together=True, confidence=level, draws=20_000)
    alone = largest_t_rank_sets(estimates, errors, together=False, confidence=level, draws=20_000)
    return {
        "table": _rows(
            table,
            "unit",
            rank=ranks(estimates),
            expected_rank=expected_ranks(estimates, errors),
            holm_pairs_lo=[unit.best for unit in holm],
            holm_pairs_hi=[unit.worst for unit in holm],
            csranks_simultaneous_lo=[unit.best for unit in together],
            csranks_simultaneous_hi=[unit.worst for unit in together],
            csranks_marginal_lo=[unit.best for unit in alone],
            csranks_marginal_hi=[unit.worst for unit in alone],
        )
    }


def _random_intercept(inputs, table):
    columns = [table.numbers(name) for name in inputs.get("y_mean_of") or [inputs["y"]]]
    values = np.mean(columns, axis=0)
    cells = table[inputs["unit"]]
    names = sorted({cell for cell, value in zip(cells, values, strict=True) if not np.isnan(value)}, key=in_order)
    at = {name: place for place, name in enumerate(names)}
    sums = unit_sums(values, [at.get(cell, 0) for cell in cells], len(names))
    result = random_intercept(sums)
    return {
        "n": result.n,
        "units": len(result.units),
        "mu": result.mu,
        "mu_se": result.mu_standard_error,
        "var_unit": result.between,
        "var_resid": result.within,
        "icc": result.icc,
        "reml_loglik": result.log_likelihood,
        "table": [
            {
                "unit": name,
                "n": unit.n,
                "raw_mean": unit.mean,
                "reliability": unit.reliability,
                "blup_dev": unit.deviation,
                "blup": unit.prediction,
                "cond_se": unit.standard_error,
            }
            for name, unit in zip(names, result.units, strict=True)
        ],
    }


def _composite(inputs, table):
    raw, weights = _matrix(table, inputs["columns"]), inputs["weights"]
    minmax = normalised(raw, "minmax")
    spreads = place_spreads(minmax, inputs["weight_vectors"])
    scores = {
        "minmax_arith": composites(minmax, weights),
        "zscore_arith": composites(normalised(raw, "zscore"), weights),
        "geometric_raw": composites(raw, weights, form="geometric"),
        "harmonic_raw": composites(raw, weights, form="harmonic"),
    }
    (place,) = zip(*(spread.places for spread in place_spreads(minmax, [weights])), strict=True)
    columns = {name: [unit.score for unit in units] for name, units in scores.items()}
    columns |= {
        "rank": place,
        "rank_best": [spread.best for spread in spreads],
        "rank_worst": [spread.worst for spread in spreads],
        "rank_mean": [spread.mean for spread in spreads],
    }
    by_vector = zip(*(spread.places for spread in spreads), strict=True)
    return {"table": _rows(table, "unit", **columns), "rank_by_weights": [list(places) for places in by_vector]}


def _funnel(inputs, table):
    result = funnel(table.numbers(inputs["x"]), table.numbers(inputs["n"]), inputs["at"])
    forms = {"normal": "normal", "arcsine": "arcsine", "arcsine_od": "overdispersed", "qbinom": "exact"}
    ends = {"lo95": "inner_low", "hi95": "inner_high", "lo998": "outer_low", "hi998": "outer_high"}
    return {
        "p0": result.centre,
        "phi": result.phi,
        "tau2": result.tau2,
        "limits": [
            {"n": point.n}
            | {
                f"{form}_{end}": getattr(getattr(point, ours), field)
                for form, ours in forms.items()
                for end, field in ends.items()
            }
            for point in result.limits
        ],
        "units": _rows(
            table,
            inputs["unit"],
            z_unadjusted=[unit.z for unit in result.units],
            z_adjusted=[unit.z_adjusted for unit in result.units],
        ),
    }


def _matrix(table, names):
    return np.column_stack([table.numbers(name) for name in names])


ADAPTERS = {
    "eb_normal": _eb_normal,
    "hier_bayes": _hier_bayes,
    "classes": _classes,
    "rank_sets": _rank_sets,
    "random_intercept": _random_intercept,
    "composite": _composite,
    "funnel": _funnel,
}
