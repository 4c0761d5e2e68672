"""How the cases about pooling, classes, ranks, scales, drivers, choices and funnels become calls of analysis."""

from typing import Any

from analysis.classes import contrast_tests
from analysis.empirical_bayes import eb_normal
from analysis.pooling import pooled, posterior
from analysis.rank_sets import expected_ranks, holm_rank_sets, largest_t_rank_sets, ranks
from tests.oracles.tables import Table


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


ADAPTERS = {
    "eb_normal": _eb_normal,
    "hier_bayes": _hier_bayes,
    "classes": _classes,
    "rank_sets": _rank_sets,
}
