"""Weights and response: from the inputs of a case to a call, and back to its names."""

import numpy as np

from analysis.estimation.raking import calibrated_mean, raked
from analysis.estimation.response import response_fit
from analysis.estimation.weights import effective_size, poststratified
from tests.oracles.tables import Unusable, same


def _codes(data, names, rows):
    """The class of each row of the data, by the names that the rows of a head count table give."""
    columns = [data[name] for name in names]
    found = [
        [
            code
            for code, row in enumerate(rows)
            if all(same(cell, row[name]) for cell, name in zip(cells, names, strict=True))
        ]
        for cells in zip(*columns, strict=True)
    ]
    return np.array([codes[0] if codes else -1 for codes in found], np.intp)


def _margin(data, names, rows):
    return _codes(data, names, rows), np.array([row["Freq"] for row in rows], np.float64)


def poststrat_rake(inputs, data):
    population = inputs["N"]
    base = np.full(data.n_rows, population / data.n_rows)
    if inputs["method"] == "poststratify":
        margins = [_margin(data, inputs["cells"], inputs["population_cells"])]
        found = poststratified(*margins[0])
    elif inputs["method"] == "rake":
        margins = [_margin(data, [name], inputs["population_margins"][name]) for name in inputs["margins"]]
        found = raked(base, margins)
    else:
        raise Unusable(f"the method {inputs['method']!r} is not known")
    if found.values is None:
        return dict.fromkeys(("weights", "mean", "se", "sum_weights", "kish_n_eff", "kish_deff", "w_min", "w_max"))
    weights = found.values
    mean = calibrated_mean(data.numbers(inputs["y"]), weights, base, margins, population=population)
    size = effective_size(weights)
    return {
        "weights": weights.tolist(),
        "mean": mean.mean,
        "se": mean.standard_error,
        "sum_weights": weights.sum(),
        "kish_n_eff": size,
        "kish_deff": len(weights) / size,
        "w_min": weights.min(),
        "w_max": weights.max(),
    }


def response_gof(inputs, _):
    found = response_fit(inputs["observed"], inputs["head_count"])
    return {"chi2": found.chi2, "df": found.degrees_of_freedom, "p": found.p}


ADAPTERS = {"poststrat_rake": poststrat_rake, "response_gof": response_gof}
