"""Writes reference.json: what SciPy gives for the statistics that StatisticsTests checks.

Made with Python 3.11, NumPy 2.4.6 and SciPy 1.17.1; run `python3 reference.py > reference.json`.
"""

import json
import platform

import numpy as np
import scipy
from scipy import stats

rng = np.random.default_rng(20240607)


def floats(values):
    return [float(value) for value in values]


def paired(name, treated, control, margin, alpha):
    x, y = np.asarray(treated, float), np.asarray(control, float)
    d = x - y
    t = stats.ttest_rel(x, y)
    below = stats.ttest_1samp(d, -margin, alternative="greater").pvalue
    above = stats.ttest_1samp(d, margin, alternative="less").pvalue
    interval = t.confidence_interval(1 - 2 * alpha)
    return {
        "name": name, "treated": floats(x), "control": floats(y), "margin": margin,
        "alpha": alpha, "mean": float(d.mean()), "standardDeviation": float(d.std(ddof=1)),
        "standardError": float(stats.sem(d)), "lower": float(interval.low),
        "upper": float(interval.high), "t": float(t.statistic), "tPValue": float(t.pvalue),
        "equivalencePValue": float(max(below, above)), "nonInferiorityPValue": float(below),
    }


def paired_table():
    # R's `sleep`: Student 1908; hours of extra sleep under two drugs, ten patients.
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    table = [paired("sleep", first, second, 1.0, 0.025)]
    for n, shift, margin, alpha in [
        (3, 0.0, 0.5, 0.05), (5, -0.2, 0.5, 0.05), (8, 0.1, 0.3, 0.1), (12, -1.0, 0.5, 0.05),
        (40, 0.02, 0.2, 0.01), (200, 0.0, 0.1, 0.05),
    ]:
        control = rng.normal(97, 0.4, n)
        treated = control + rng.normal(shift, 0.3, n)
        table.append(paired(f"normal, n = {n}", treated, control, margin, alpha))
    return table


def distribution_table():
    return [
        {
            "upperTail": p, "degreesOfFreedom": nu, "t": float(stats.t.isf(p, nu)),
        }
        for nu in [1, 2, 9, 30, 31, 100, 9999] for p in [0.1, 0.05, 0.025, 0.005]
    ]


print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
    },
    "distributions": distribution_table(),
    "paired": paired_table(),
}, indent=1))
