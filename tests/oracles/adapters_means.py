"""Descriptions, shares and design-based means: from the inputs of a case to a call, and back to its names."""

import numpy as np

from analysis.estimation.descriptives import code_share, description
from analysis.estimation.design_means import design_mean
from analysis.estimation.net_promoter import net_promoter
from analysis.estimation.proportions import proportion
from analysis.estimation.unit_means import unit_means
from tests.oracles.tables import in_order


def limits(interval):
    return None if interval.low is None else [interval.low, interval.high]


def coded(cells):
    """Codes 0, 1 ... of a column of texts, and the texts in order."""
    names = sorted(set(cells), key=in_order)
    place = {name: code for code, name in enumerate(names)}
    return np.array([place[cell] for cell in cells], np.intp), names


def per_stratum(values, codes):
    """The value that all rows of a stratum share."""
    firsts = np.unique(codes, return_index=True)[1]
    return values[firsts]


def descriptives(inputs, data):
    values = data.numbers(inputs["y"])
    found = description(values)
    return {
        "n": found.n,
        "mean": found.mean,
        "sd": found.sd,
        "se": found.standard_error,
        "median": found.median,
        "interp_median": found.interpolated_median,
        "skew": found.skew,
        "kurtosis": found.kurtosis,
        "min": found.minimum,
        "max": found.maximum,
        "shares": {str(code): code_share(values, [code]) for code in inputs.get("codes", range(1, 6))},
        "top2": code_share(values, [4, 5]),
        "bottom2": code_share(values, [1, 2]),
    }


def proportions(inputs, _):
    found = proportion(inputs["x"], inputs["n"], population=inputs.get("N"), confidence=inputs.get("conf", 0.95))
    return {
        "p": found.share,
        "wilson": limits(found.wilson),
        "clopper_pearson": limits(found.exact),
        "se_fpc": found.standard_error,
        "wilson_fpc": limits(found.design_wilson),
        "wilson_fpc_z": limits(found.design_wilson_normal),
        "logit_fpc": limits(found.design_logit),
        "wilson_neff": limits(found.finite_wilson),
    }


def mean_of_design(inputs, data):
    strata = coded(data[inputs["strata"]])[0] if inputs.get("strata") else np.zeros(data.n_rows, np.intp)
    heads = per_stratum(data.numbers(inputs["N_column"]), strata) if inputs.get("N_column") else inputs.get("N")
    found = design_mean(
        data.numbers(inputs["y"]),
        strata=strata,
        head_counts=heads,
        weights=data.numbers(inputs["weight_column"]) if inputs.get("weight_column") else None,
        missing="domain" if inputs.get("missing") == "domain" else "drop",
        lonely={"remove": "certainty"}.get(inputs.get("lonely"), inputs.get("lonely", "certainty")),
        confidence=inputs.get("conf", 0.95),
    )
    return {
        "n": found.n,
        "mean": found.mean,
        "se": found.standard_error,
        "df": found.degrees_of_freedom,
        "ci_t": limits(found.interval),
        "ci_z": limits(found.normal_interval),
        "deff_vs_srs_with_replacement": found.design_effect,
        "kish_n_eff": found.n_eff,
        "kish_deff": found.weight_effect,
    }


def branch_table(inputs, data):
    data = data.complete([inputs["branch"], inputs["strata"]])
    branches, names = coded(data[inputs["branch"]])
    categories = coded(data[inputs["strata"]])[0]
    strata = np.unique(branches * (categories.max() + 1) + categories, return_inverse=True)[1]
    means = unit_means(
        data.numbers(inputs["y"]),
        strata,
        per_stratum(branches, strata),
        per_stratum(data.numbers(inputs["N_column"]), strata),
        n_units=len(names),
        confidence=inputs.get("conf", 0.95),
    )
    return {"table": [{"branch": name, **_row(mean)} for name, mean in zip(names, means, strict=True)]}


def _row(mean):
    return {
        "n": mean.n,
        "mean": mean.mean,
        "se": mean.standard_error,
        "df": mean.degrees_of_freedom,
        "lo": mean.interval.low,
        "hi": mean.interval.high,
    }


def nps(inputs, data):
    values = inputs["values"] if data is None else data.numbers(inputs["y"])
    weights = data.numbers(inputs["weight_column"]) if inputs.get("weight_column") else None
    found = net_promoter(values, head_counts=inputs.get("N"), weights=weights, confidence=inputs.get("conf", 0.95))
    return {
        "n": found.score.n,
        "promoters": found.promoters,
        "passives": found.passives,
        "detractors": found.detractors,
        "nps": found.score.mean,
        "se": found.score.standard_error,
        "df": found.score.degrees_of_freedom,
        "ci_t": limits(found.score.interval),
        "ci_z": limits(found.score.normal_interval),
    }


ADAPTERS = {
    "descriptives": descriptives,
    "proportion": proportions,
    "design_mean": mean_of_design,
    "branch_table": branch_table,
    "nps": nps,
}
