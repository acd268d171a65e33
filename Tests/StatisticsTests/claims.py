"""Writes claims.json: what SciPy and statsmodels give for the statistics of claims that StatisticsTests checks.

Made with Python 3.11, NumPy 2.4.6, SciPy 1.17.1 and statsmodels 0.15.0; run `python3 claims.py > claims.json`.
"""

import json
import platform

import numpy as np
import pandas
import scipy
import statsmodels
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.anova import anova_lm
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(20261130)


def floats(values):
    return [float(value) for value in values]


def failure_table():
    table = []
    counts = [(0, 8), (1, 8), (4, 8), (8, 8), (0, 1), (1, 1), (3, 20), (0, 1000), (517, 1000)]
    for failures, runs in counts:
        for level in [0.9, 0.95, 0.999]:
            lower, upper = proportion_confint(failures, runs, alpha=1 - level, method="beta")
            table.append({
                "failures": failures, "runs": runs, "level": level, "lower": float(lower),
                "upper": float(upper),
            })
    return table


def sign_table():
    samples = [
        [0.3], [1, 2, 3, 4, -1], [-1, -1, -1, -1, -1, -1, -1, -1], [0, 0, 1, -2, 3, 0.5],
        rng.normal(0.3, 1, 40), rng.normal(0, 1, 301),
    ]
    table = []
    for sample in samples:
        d = np.asarray(sample, float)
        positive, negative = int((d > 0).sum()), int((d < 0).sum())
        table.append({
            "differences": floats(d),
            "pValue": float(stats.binomtest(positive, positive + negative).pvalue),
        })
    return table


def mcnemar_table():
    table = []
    for n, p, q in [(8, 0.5, 0.1), (8, 0.0, 0.9), (20, 0.3, 0.3), (60, 0.5, 0.3)]:
        treated, control = rng.random(n) < p, rng.random(n) < q
        counts = [
            [int((treated & control).sum()), int((treated & ~control).sum())],
            [int((~treated & control).sum()), int((~treated & ~control).sum())],
        ]
        table.append({
            "treated": [bool(x) for x in treated], "control": [bool(x) for x in control],
            "pValue": float(mcnemar(counts, exact=True).pvalue),
        })
    return table


def skewness_table():
    samples = [[1, 2, 4], [0, 0, 0, 0, 1], rng.normal(size=8), rng.exponential(size=20)]
    table = []
    for sample in samples:
        n = len(sample)
        # SciPy's is the moment ratio g1; GSL divides by the sample standard deviation of divisor n - 1.
        value = stats.skew(sample) * ((n - 1) / n) ** 1.5
        table.append({"sample": floats(sample), "value": float(value)})
    return table


def crossed(name, d, level):
    """The mean squares of statsmodels' two-way analysis of variance, and the interval from them."""
    replicates, examples = d.shape
    frame = pandas.DataFrame({
        "d": d.ravel(), "replicate": np.repeat(np.arange(replicates), examples),
        "example": np.tile(np.arange(examples), replicates),
    })
    table = anova_lm(ols("d ~ C(replicate) + C(example)", frame).fit())
    squares = table["mean_sq"]
    r, i, e = squares["C(replicate)"], squares["C(example)"], squares["Residual"]
    if i < e:
        variance, freedom = r / d.size, replicates - 1
    else:
        variance = (r + i - e) / d.size
        freedom = (r + i - e) ** 2 / sum(
            m**2 / f for m, f in zip([r, i, e], table["df"])
        )
    half = stats.t.isf((1 - level) / 2, freedom) * np.sqrt(variance)
    return {
        "name": name, "differences": [[int(x) for x in row] for row in d], "level": level,
        "replicates": float(r), "examples": float(i), "residual": float(e),
        "degreesOfFreedom": float(freedom), "lower": float(100 * (d.mean() - half)),
        "upper": float(100 * (d.mean() + half)),
    }


def crossed_table():
    def draw(replicates, examples, by_example):
        shift = rng.normal(0, by_example, examples)
        latent = rng.normal(size=(replicates, examples)) + shift
        return (latent > 1).astype(int) - (latent < -1.2).astype(int)

    even = np.array([[1, 1, 0, 1], [0, 0, 1, 0], [0, -1, 0, 0]])
    return [
        crossed("examples matter", draw(5, 40, 1.0), 0.9),
        crossed("examples do not", draw(4, 70, 0.0), 0.95),
        crossed("examples differ less than chance", even, 0.9),
        crossed("two by two", np.array([[1, 0], [0, -1]]), 0.9),
        crossed("many replicates", draw(12, 30, 0.5), 0.99),
    ]


def holm_table():
    table = []
    for count in [2, 7, 15]:
        p = rng.random(count) ** 3
        table.append({"pValues": floats(p), "adjusted": floats(multipletests(p, method="holm")[1])})
    return table


print(json.dumps({
    "versions": {
        "python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__,
        "statsmodels": statsmodels.__version__,
    },
    "failures": failure_table(),
    "signs": sign_table(),
    "mcnemar": mcnemar_table(),
    "skewness": skewness_table(),
    "crossed": crossed_table(),
    "holm": holm_table(),
}, indent=1))
