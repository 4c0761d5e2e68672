"""How the cases about scales, careless answers, drivers and best-worst choices become calls of analysis."""

import numpy as np

from analysis.measurement.best_worst import choice_model
from analysis.measurement.careless import answer_runs, answer_spread, outlyingness
from analysis.measurement.drivers import key_drivers
from analysis.measurement.reliability import reliability
from analysis.measurement.screens import option_counts, screens


def _reliability(inputs, table):
    result = reliability(_matrix(table, inputs["items"]))
    return {
        "n_complete": result.n,
        "k": result.n_items,
        "alpha": result.alpha,
        "alpha_std": result.alpha_standardised,
        "alpha_ci_feldt": [result.alpha_interval.low, result.alpha_interval.high],
        "mean_interitem_r": result.mean_correlation,
        "omega_total_1f_ml_cov": result.omega,
        "omega_total_1f_ml_cor": result.omega_standardised,
        "items": [
            {
                "item": name,
                "r_item_total_corrected": item.correlation_with_rest,
                "r_item_total_raw": item.correlation_with_total,
                "alpha_if_deleted": item.alpha_without,
                "mean": item.mean,
                "sd": item.sd,
                "loading_1f_ml_cov": item.loading,
            }
            for name, item in zip(inputs["items"], result.items, strict=False)
        ],
    }


def _careless(inputs, table):
    answers = _matrix(table, inputs["items"])
    runs, spread, distance = answer_runs(answers), answer_spread(answers), outlyingness(answers)
    first = (inputs.get("rows") or {}).get("first", 1)
    return {
        "table": [
            {
                "row": first + at,
                "longstring": int(runs.longest[at]),
                "avg_longstring": float(runs.mean[at]),
                "irv": spread[at],
                "mahalanobis_d2": distance.squared[at],
            }
            for at in range(len(answers))
        ]
    }


def _key_driver(inputs, table):
    result = key_drivers(table.numbers(inputs["y"]), _matrix(table, inputs["x"]))
    return {
        "n": result.n,
        "r2": result.r2,
        "table": [
            {
                "x": name,
                "r_with_y": driver.correlation,
                "beta_std": driver.slope,
                "lmg": driver.lmg,
                "lmg_share": driver.lmg_share,
                "johnson_rw": driver.johnson,
                "johnson_rw_share": driver.johnson_share,
                "first": driver.first,
                "last": driver.last,
            }
            for name, driver in zip(inputs["x"], result.drivers, strict=False)
        ],
    }


def _maxdiff(inputs, table):
    names = sorted({cell for cell in table[inputs["item"]] if cell is not None})
    tasks: dict[tuple[str | None, str | None], list[int]] = {}
    for row, key in enumerate(zip(table[inputs["resp"]], table[inputs["task"]], strict=True)):
        tasks.setdefault(key, []).append(row)
    option = [names.index(cell) for cell in table[inputs["item"]]]
    chosen = [
        [next((option[row] for row in rows if table[inputs[end]][row] == "1"), -1) for rows in tasks.values()]
        for end in ("best", "worst")
    ]
    who = {name: place for place, name in enumerate(dict.fromkeys(resp for resp, _ in tasks))}
    answered = screens(
        [[option[row] for row in rows] for rows in tasks.values()], *chosen, [who[resp] for resp, _ in tasks]
    )
    counts = option_counts(answered, len(names))
    return {
        "reference_item": names[-1],
        "tasks": len(tasks),
        "counts": [
            {"item": name, "shown": n.shown, "best": n.best, "worst": n.worst, "bw": n.net, "bw_std": n.score}
            for name, n in zip(names, counts, strict=True)
        ],
        "best_only": _choices(names, choice_model(answered, len(names), choices="best")),
        "best_then_worst": _choices(names, choice_model(answered, len(names))),
    }


def _choices(names, model):
    return {
        "loglik0": model.null_log_likelihood,
        "loglik": model.log_likelihood,
        "table": [
            {"item": name, "coef": option.utility, "se": option.standard_error, "share": option.share}
            for name, option in zip(names, model.options, strict=False)
        ],
    }


def _matrix(table, names):
    return np.column_stack([table.numbers(name) for name in names])


ADAPTERS = {
    "reliability": _reliability,
    "careless": _careless,
    "key_driver": _key_driver,
    "maxdiff": _maxdiff,
}
