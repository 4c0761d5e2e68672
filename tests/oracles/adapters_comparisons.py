"""Groups, crosstabs, correlations and waves: from the inputs of a case to a call, and back to its names."""

import numpy as np

from analysis.comparison.comparisons import many_groups, two_groups
from analysis.comparison.contingency import contingency, rao_scott
from analysis.comparison.correlations import correlations
from analysis.comparison.multiplicity import adjusted_p
from analysis.comparison.trends import share_change, unit_changes
from analysis.estimation.sampling import sampling_design
from tests.oracles.adapters_means import coded, limits, per_stratum
from tests.oracles.tables import in_order, same


def p_adjust(inputs, _):
    return {method: list(adjusted_p(inputs["p"], method)) for method in ("holm", "bh", "by")}


def group_two(inputs, data):
    first, second = (
        data.where(lambda row, group=group: same(data[inputs["group"]][row], group)).numbers(inputs["y"])
        for group in (inputs["group1"], inputs["group2"])
    )
    found = two_groups(first, second, confidence=inputs.get("conf", 0.95))
    return {
        "n1": found.n_first,
        "n2": found.n_second,
        "U": found.u,
        "p_cc": found.p_corrected,
        "p_nocc": found.p,
        "cliffs_delta": found.delta,
        "cliffs_delta_ci95": limits(found.interval),
        "prob_superiority": found.superiority,
        "rank_biserial": found.delta,
    }


def group_many(inputs, data):
    told = data.complete([inputs["group"], inputs["y"]])
    codes, names = coded(told[inputs["group"]])
    values = told.numbers(inputs["y"])
    found = many_groups([values[codes == code] for code in range(len(names))])
    return {
        "n": found.n,
        "k": found.n_groups,
        "H": found.h,
        "df": found.degrees_of_freedom,
        "p": found.p,
        "epsilon_squared": found.epsilon_squared,
        "eta_squared_H": found.eta_squared,
        "dunn": [
            {"g1": names[pair.first], "g2": names[pair.second], "z": pair.z, "p": pair.p, "p_holm": pair.p_holm}
            for pair in found.pairs
        ],
    }


def crosstab(inputs, data):
    if data is None:
        table, names = np.array(inputs["table"]), ("r", "c")
        labels = (["A", "B"], ["w", "o"]) if table.shape == (2, 2) else tuple(list(range(size)) for size in table.shape)
    else:
        names = (inputs["rows"], inputs["cols"])
        told = data.complete(names)
        (a, rows), (b, columns) = coded(told[names[0]]), coded(told[names[1]])
        labels = (rows, columns)
        table = np.bincount(a * len(columns) + b, minlength=len(rows) * len(columns)).reshape(len(rows), len(columns))
    found = contingency(table)
    return {
        "n": found.n,
        "chi2": found.chi2,
        "df": found.degrees_of_freedom,
        "p": found.p,
        "cramers_v": found.cramers_v,
        "cramers_v_bias_corrected": found.cramers_v_corrected,
        "G2_likelihood_ratio": found.g2,
        "G2_p": found.g2_p,
        "min_expected": found.smallest_expected,
        "std_residuals": [
            {names[0]: row, names[1]: column, "Freq": found.residuals[i][j]}
            for i, row in enumerate(labels[0])
            for j, column in enumerate(labels[1])
        ],
    }


def rao_scott_test(inputs, data):
    strata = coded(data[inputs["strata"]])[0] if inputs.get("strata") else np.zeros(data.n_rows, np.intp)
    heads = per_stratum(data.numbers(inputs["N_column"]), strata) if inputs.get("N_column") else inputs.get("N")
    weights = data.numbers(inputs["weight_column"]) if inputs.get("weight_column") else None
    design = sampling_design(data.n_rows, strata, heads, weights)
    found = rao_scott(_with_gaps(data[inputs["rows"]]), _with_gaps(data[inputs["cols"]]), design)
    return {"F": found.f, "ndf": found.numerator, "ddf": found.denominator, "p": found.p}


def _with_gaps(cells):
    names = sorted({cell for cell in cells if cell is not None}, key=in_order)
    return np.array([-1 if cell is None else names.index(cell) for cell in cells], np.intp)


def correlation_table(inputs, data):
    if inputs.get("missing") == "listwise":
        data = data.complete(inputs["variables"])
    found = correlations(
        {name: data.numbers(name) for name in inputs["variables"]}, confidence=inputs.get("conf", 0.95)
    )
    return {
        "pairs": [
            {
                "a": a,
                "b": b,
                "n": pair.n,
                "pearson": pair.pearson,
                "pearson_p": pair.pearson_p,
                "pearson_lo": pair.interval.low,
                "pearson_hi": pair.interval.high,
                "spearman": pair.spearman,
                "spearman_p": pair.spearman_p,
            }
            for (a, b), pair in found.items()
        ]
    }


def wave_proportion(inputs, _):
    counts = (inputs[name] for name in ("x0", "n0", "x1", "n1"))
    found = share_change(*counts, confidence=inputs.get("conf", 0.95))
    return {"diff": found.difference, "p": found.p, "wald": limits(found.wald), "newcombe": limits(found.interval)}


def waves(inputs, data):
    data = data.complete([inputs["unit"], inputs["wave"]])
    codes, names = coded(data[inputs["unit"]])
    values = data.numbers(inputs["y"])
    wave = data[inputs["wave"]]
    before, after = (np.array([same(cell, inputs[name]) for cell in wave], bool) for name in ("w0", "w1"))
    found = unit_changes(
        values[before],
        codes[before],
        values[after],
        codes[after],
        n_units=len(names),
        confidence=inputs.get("conf", 0.95),
    )
    return {"table": [{"unit": name, **_change(each)} for name, each in zip(names, found, strict=True)]}


def _change(found):
    return {
        "n0": found.n_before,
        "n1": found.n_after,
        "diff": found.difference,
        "t": found.t,
        "df": found.degrees_of_freedom,
        "p": found.p,
        "lo": found.interval.low,
        "hi": found.interval.high,
        "p_holm": found.p_holm,
        "p_bh": found.p_bh,
    }


ADAPTERS = {
    "p_adjust": p_adjust,
    "group_two": group_two,
    "group_many": group_many,
    "contingency": crosstab,
    "rao_scott": rao_scott_test,
    "correlation": correlation_table,
    "wave_proportion": wave_proportion,
    "waves": waves,
}
